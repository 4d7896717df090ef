package dev.keywright.http;

import dev.keywright.application.Caller;
import dev.keywright.application.CreatedKey;
import dev.keywright.application.KeyAdministration;
import dev.keywright.application.PageRequest;
import dev.keywright.application.Precondition;
import dev.keywright.application.spi.IdempotencyToken;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.InvalidValueException;
import dev.keywright.domain.KeyDraft;
import dev.keywright.domain.KeyError;
import dev.keywright.domain.KeyException;
import dev.keywright.domain.KeyUpdate;
import dev.keywright.domain.ReleasedVersions;
import dev.keywright.domain.Scope;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The endpoints under {@code /keys}. What a caller may not do is refused before what they sent is looked at. */
final class KeysEndpoints {
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
    private static final Set<String> READ_ONLY = Set.of(
            "id",
            "companyId",
            "userId",
            "key",
            "status",
            "apiVersion",
            "apiVersionUpdatedAt",
            "apiVersionDowngradeNotAllowedAfter",
            "createdAt",
            "updatedAt",
            "deletedAt",
            "lastUsedAt",
            "lastUsedFrom");

    private final KeyAdministration keys;
    private final ReleasedVersions released;
    private final Bodies bodies;
    private final Links links;

    KeysEndpoints(KeyAdministration keys, ReleasedVersions released, Bodies bodies, Links links) {
        this.keys = keys;
        this.released = released;
        this.bodies = bodies;
        this.links = links;
    }

    void list(Context ctx) {
        Caller caller = permitted(ctx, Scope.KEYS_READ);
        PageRequest request = ListQuery.parse(ctx.queryString());
        Answers.json(ctx, 200, PageAnswer.of(keys.list(caller, request), request, links));
    }

    void create(Context ctx) {
        Caller caller = permitted(ctx, Scope.KEYS_WRITE);
        Faults faults = withoutQuery(ctx);
        Optional<String> token = idempotencyKey(ctx, faults);
        KeyDraft draft = bodies.read(ctx, faults, READ_ONLY, CreateRequest::of, CreateRequest::toDraft)
                .orElseThrow();
        CreatedKey created =
                token.map(given -> keys.create(caller, draft, given)).orElseGet(() -> keys.create(caller, draft));
        ApiKey key = created.key();
        if (created.isReplay()) {
            ctx.header("Idempotency-Replayed", "true");
        }
        ctx.header("Location", links.to("/keys/" + key.id()));
        ctx.header("ETag", IfMatch.tag(key.revision()));
        Answers.json(ctx, 201, KeyAnswer.created(created));
    }

    private static Optional<String> idempotencyKey(Context ctx, Faults faults) {
        List<String> values = Headers.all(ctx, IDEMPOTENCY_KEY);
        if (values.size() > 1) {
            faults.add(Fault.header(IDEMPOTENCY_KEY, "stands more than once"));
        }
        Optional<String> value = values.stream().findFirst();
        try {
            value.ifPresent(text -> new IdempotencyToken(Exchange.caller(ctx).actor(), text));
        } catch (InvalidValueException e) {
            faults.add(Fault.header(IDEMPOTENCY_KEY, e.getMessage()));
        }
        return value;
    }

    void get(Context ctx) {
        Caller caller = permitted(ctx, Scope.KEYS_READ);
        withoutQuery(ctx).throwIfAny(List.of());
        answer(ctx, keys.get(caller, id(ctx)));
    }

    void update(Context ctx) {
        Caller caller = permitted(ctx, Scope.KEYS_WRITE);
        Faults faults = withoutQuery(ctx);
        Precondition precondition = IfMatch.parse(Headers.all(ctx, IfMatch.HEADER), faults);
        KeyUpdate update = bodies.read(
                ctx, faults, READ_ONLY, UpdateRequest::of, (request, found) -> request.toUpdate(released, found));
        answer(ctx, keys.update(caller, id(ctx), update, precondition));
    }

    void delete(Context ctx) {
        Caller caller = permitted(ctx, Scope.KEYS_WRITE);
        Precondition precondition = precondition(ctx);
        keys.delete(caller, id(ctx), precondition);
        Routes.noContent(ctx);
    }

    void deactivate(Context ctx) {
        Caller caller = permitted(ctx, Scope.KEYS_WRITE);
        Precondition precondition = precondition(ctx);
        answer(ctx, keys.deactivate(caller, id(ctx), precondition));
    }

    void activate(Context ctx) {
        Caller caller = permitted(ctx, Scope.KEYS_WRITE);
        Precondition precondition = precondition(ctx);
        answer(ctx, keys.activate(caller, id(ctx), precondition));
    }

    private static void answer(Context ctx, ApiKey key) {
        ctx.header("ETag", IfMatch.tag(key.revision()));
        Answers.json(ctx, 200, KeyAnswer.redacted(key));
    }

    private static Caller permitted(Context ctx, Scope scope) {
        Caller caller = Exchange.caller(ctx);
        caller.require(scope);
        return caller;
    }

    private static Faults withoutQuery(Context ctx) {
        Faults faults = new Faults();
        QueryString.read(ctx.queryString(), List.of(), faults);
        return faults;
    }

    private static Precondition precondition(Context ctx) {
        Faults faults = withoutQuery(ctx);
        Precondition precondition = IfMatch.parse(Headers.all(ctx, IfMatch.HEADER), faults);
        faults.throwIfAny(List.of());
        return precondition;
    }

    /** The id in the path; one that cannot be is answered like one that is not. */
    private static ApiKeyId id(Context ctx) {
        try {
            return ApiKeyId.parse(ctx.pathParam("keyId"));
        } catch (InvalidValueException e) {
            throw new KeyException(new KeyError.NotFound());
        }
    }
}
