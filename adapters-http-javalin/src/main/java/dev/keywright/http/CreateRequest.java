package dev.keywright.http;

import dev.keywright.domain.Description;
import dev.keywright.domain.Expiry;
import dev.keywright.domain.IpAllowList;
import dev.keywright.domain.KeyDraft;
import dev.keywright.domain.Scopes;
import dev.keywright.domain.UserId;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;
import org.hibernate.validator.constraints.CodePointLength;
import org.jspecify.annotations.Nullable;

/** The body of {@code POST /keys}, as it was sent. */
record CreateRequest(
        @NotNull(message = "is required")
        @CodePointLength(max = UserId.MAX_LENGTH, message = "must have at most {max} characters")
        @Nullable
        String userId,

        @Size(max = IpAllowList.MAX_ENTRIES, message = "must have at most {max} entries") @Nullable
        List<String> whitelistedIPs,

        @CodePointLength(max = Description.MAX_LENGTH, message = "must have at most {max} characters") @Nullable
        String description,

        @Size(max = Scopes.MAX_ENTRIES, message = "must have at most {max} entries") @Nullable
        List<String> scopes,

        @Nullable String expiresAt) {
    static CreateRequest of(BodyFields body) {
        return new CreateRequest(
                body.text("userId"),
                body.texts("whitelistedIPs"),
                body.text("description"),
                body.texts("scopes"),
                body.text("expiresAt"));
    }

    /**
     * The draft that this asks for; empty if that cannot be, and then the faults say why. Whether its expiry is still to come
     * is not asked here: a create that is sent again may have outlived it, and is answered like the first time.
     */
    Optional<KeyDraft> toDraft(Faults faults) {
        RequestTexts texts = new RequestTexts(faults);
        Optional<UserId> user = texts.one("/userId", userId, UserId::new);
        IpAllowList allowList = texts.allowList(whitelistedIPs);
        Scopes given = texts.scopes(scopes);
        Expiry expiry = texts.expiry(expiresAt);
        return texts.description(description)
                .map(text -> user.map(owner -> KeyDraft.of(owner).withDescription(text)))
                .orElseGet(() -> user.map(KeyDraft::of))
                .map(draft -> draft.withAllowList(allowList).withScopes(given).withExpiry(expiry));
    }
}
