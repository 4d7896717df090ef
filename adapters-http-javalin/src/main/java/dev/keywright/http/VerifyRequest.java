package dev.keywright.http;

import dev.keywright.domain.IpAddress;
import dev.keywright.domain.Scopes;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /keys/verify}, as it was sent. It holds a secret, so it prints none of it.
 *
 * @param key what somebody presented, to the letter
 */
record VerifyRequest(
        @NotNull(message = "is required") @Nullable String key,

        @Nullable String clientIp,

        @Size(max = Scopes.MAX_ENTRIES, message = "must have at most {max} entries") @Nullable
        List<String> scopes) {
    static VerifyRequest of(BodyFields body) {
        return new VerifyRequest(body.text("key"), body.text("clientIp"), body.texts("scopes"));
    }

    Optional<IpAddress> client(Faults faults) {
        return new RequestTexts(faults).one("/clientIp", clientIp, IpAddress::parse);
    }

    Scopes required(Faults faults) {
        return new RequestTexts(faults).scopes(scopes);
    }

    @Override
    public String toString() {
        return "VerifyRequest[***]";
    }
}
