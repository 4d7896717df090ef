package dev.keywright.http;

import dev.keywright.application.KeyVerification;
import dev.keywright.domain.IpAddress;
import dev.keywright.domain.Scope;
import dev.keywright.domain.Scopes;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** {@code POST /keys/verify}: a verdict is always 200; other statuses are the verifier's own mistakes. */
final class VerifyEndpoint implements Handler {
    static final String PATH = "/keys/verify";

    private final KeyVerification verification;
    private final Bodies bodies;

    private record Question(VerifyRequest request, Optional<IpAddress> client, Scopes required) {}

    VerifyEndpoint(KeyVerification verification, Bodies bodies) {
        this.verification = verification;
        this.bodies = bodies;
    }

    @Override
    public void handle(Context ctx) {
        Identity caller = Exchange.identity(ctx);
        caller.require(Scope.KEYS_VERIFY);
        Faults faults = new Faults();
        QueryString.read(ctx.queryString(), List.of(), faults);
        Question question = bodies.read(
                ctx,
                faults,
                Set.of(),
                VerifyRequest::of,
                (request, found) -> new Question(request, request.client(found), request.required(found)));
        String presented = Objects.requireNonNull(question.request().key());
        Answers.json(
                ctx,
                200,
                VerifyAnswer.of(
                        verification.verify(caller.company(), presented, question.client(), question.required())));
    }
}
