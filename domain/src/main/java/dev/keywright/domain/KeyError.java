package dev.keywright.domain;

import java.time.Instant;
import java.util.List;

/**
 * Why an administrative act on a key is refused. A closed set: each has a stable {@link Code} for programs and a sentence
 * for people that holds no secret.
 */
public sealed interface KeyError {

    /** The stable names of the refusals; outer layers map every one of them. */
    enum Code {
        NOT_FOUND,
        KEY_DELETED,
        DOWNGRADE_WINDOW_CLOSED,
        VERSION_NEVER_PINNED,
        VERSION_NOT_RELEASED,
        EXPIRY_NOT_IN_FUTURE,
        PRECONDITION_FAILED,
        IDEMPOTENCY_KEY_REUSED,
        SCOPE_MISSING,
        SCOPE_NOT_HELD
    }

    Code code();

    /** One sentence for the caller. */
    String message();

    /** No such key in the caller's company; the same for a key of another company. */
    record NotFound() implements KeyError {
        @Override
        public Code code() {
            return Code.NOT_FOUND;
        }

        @Override
        public String message() {
            return "There is no such key";
        }
    }

    /** A deleted key stays as it is. */
    record KeyDeleted(Instant deletedAt) implements KeyError {
        @Override
        public Code code() {
            return Code.KEY_DELETED;
        }

        @Override
        public String message() {
            return "This key was deleted at " + UtcMillis.text(deletedAt) + " and cannot change any more";
        }
    }

    /** The way back to a version on the trail was open until an instant that has passed. */
    record DowngradeWindowClosed(ApiVersion to, Instant notAfter, List<ApiVersion> returns) implements KeyError {
        @Override
        public Code code() {
            return Code.DOWNGRADE_WINDOW_CLOSED;
        }

        @Override
        public String message() {
            return "The key could return to version " + to + " until " + UtcMillis.text(notAfter) + ". "
                    + VersionNeverPinned.choice(returns);
        }
    }

    /** Only versions that the key was pinned to before can be returned to. */
    record VersionNeverPinned(ApiVersion to, List<ApiVersion> returns) implements KeyError {

        private static final int MOST_NAMED = 20;

        @Override
        public Code code() {
            return Code.VERSION_NEVER_PINNED;
        }

        @Override
        public String message() {
            return "The key was not pinned to version " + to + " before its current one. " + choice(returns);
        }

        /** Names the newest ones; a key that was moved day after day could return to thousands. */
        private static String choice(List<ApiVersion> returns) {
            if (returns.isEmpty()) {
                return "There is no version it may return to now";
            }
            int older = Math.max(0, returns.size() - MOST_NAMED);
            String named = String.join(
                    ", ", returns.stream().skip(older).map(ApiVersion::toString).toList());
            return "It may return to " + named + (older == 0 ? "" : " and " + older + " older ones");
        }
    }

    /** The deployment lists its released versions, and this is none of them. */
    record VersionNotReleased(ApiVersion version, ReleasedVersions released) implements KeyError {
        @Override
        public Code code() {
            return Code.VERSION_NOT_RELEASED;
        }

        @Override
        public String message() {
            StringBuilder list = new StringBuilder();
            released.forEach(listed -> list.append(list.isEmpty() ? "" : ", ").append(listed));
            return version + " is no released version; released are " + list;
        }
    }

    /** An expiry that is set must lie in the future. */
    record ExpiryNotInFuture(Instant expiresAt) implements KeyError {
        @Override
        public Code code() {
            return Code.EXPIRY_NOT_IN_FUTURE;
        }

        @Override
        public String message() {
            return "expiresAt must be in the future, and " + UtcMillis.text(expiresAt) + " is not";
        }
    }

    /** The key is not in the state that the caller saw. */
    record PreconditionFailed(long revision) implements KeyError {
        @Override
        public Code code() {
            return Code.PRECONDITION_FAILED;
        }

        @Override
        public String message() {
            return "The key has changed: its revision is " + revision + " now";
        }
    }

    /** The idempotency key belongs to an earlier request that asked for something else. */
    record IdempotencyKeyReused() implements KeyError {
        @Override
        public Code code() {
            return Code.IDEMPOTENCY_KEY_REUSED;
        }

        @Override
        public String message() {
            return "This Idempotency-Key was sent before with another request; use a new one for a new request";
        }
    }

    /** The caller may not do this at all. */
    record ScopeMissing(Scope required) implements KeyError {
        @Override
        public Code code() {
            return Code.SCOPE_MISSING;
        }

        @Override
        public String message() {
            return "This needs the scope " + required;
        }
    }

    /** Nobody can give a scope that they do not hold. */
    record ScopeNotHeld(Scopes given) implements KeyError {
        @Override
        public Code code() {
            return Code.SCOPE_NOT_HELD;
        }

        @Override
        public String message() {
            return "You cannot give scopes that you do not hold: " + given;
        }
    }
}
