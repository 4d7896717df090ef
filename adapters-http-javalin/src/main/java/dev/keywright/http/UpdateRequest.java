package dev.keywright.http;

import dev.keywright.domain.ApiVersion;
import dev.keywright.domain.Description;
import dev.keywright.domain.InvalidValueException;
import dev.keywright.domain.IpAllowList;
import dev.keywright.domain.KeyError;
import dev.keywright.domain.KeyUpdate;
import dev.keywright.domain.ReleasedVersions;
import dev.keywright.domain.Scopes;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hibernate.validator.constraints.CodePointLength;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code PUT /keys/{keyId}}, as it was sent.
 *
 * @param given the names of the members that were sent, be it as null: an absent one leaves its field as it is
 */
record UpdateRequest(
        Set<String> given,
        @Nullable String apiVersion,

        @CodePointLength(max = Description.MAX_LENGTH, message = "must have at most {max} characters") @Nullable
        String description,

        @Size(max = IpAllowList.MAX_ENTRIES, message = "must have at most {max} entries") @Nullable
        List<String> whitelistedIPs,

        @Size(max = Scopes.MAX_ENTRIES, message = "must have at most {max} entries") @Nullable
        List<String> scopes,

        @Nullable String expiresAt) {
    static UpdateRequest of(BodyFields body) {
        return new UpdateRequest(
                Set.copyOf(body.names()),
                body.textNotNull("apiVersion"),
                body.text("description"),
                body.texts("whitelistedIPs"),
                body.texts("scopes"),
                body.text("expiresAt"));
    }

    /** The update that this asks for; meaningless if faults were found. */
    KeyUpdate toUpdate(ReleasedVersions released, Faults faults) {
        RequestTexts texts = new RequestTexts(faults);
        KeyUpdate update = KeyUpdate.nothing();
        Optional<ApiVersion> version = texts.one("/apiVersion", apiVersion, text -> released(text, released));
        if (version.isPresent()) {
            update = update.withApiVersion(version.get());
        }
        Optional<Description> text = texts.description(description);
        if (given.contains("description")) {
            update = text.isPresent() ? update.withDescription(text.get()) : update.withoutDescription();
        }
        if (given.contains("whitelistedIPs")) {
            update = update.withAllowList(texts.allowList(whitelistedIPs));
        }
        if (given.contains("scopes")) {
            update = update.withScopes(texts.scopes(scopes));
        }
        return given.contains("expiresAt") ? update.withExpiry(texts.expiry(expiresAt)) : update;
    }

    private static ApiVersion released(String text, ReleasedVersions released) {
        ApiVersion version = ApiVersion.parse(text);
        if (!released.admits(version)) {
            throw new InvalidValueException(new KeyError.VersionNotReleased(version, released).message());
        }
        return version;
    }
}
