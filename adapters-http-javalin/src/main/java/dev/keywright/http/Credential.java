package dev.keywright.http;

import dev.keywright.domain.KeySecret;
import io.javalin.http.Context;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a request presents to prove who sends it.
 *
 * @param kind what it looks like
 * @param text as it was sent; prints as nothing
 */
record Credential(Kind kind, String text) {
    private static final Pattern JWT = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*");
    private static final String BEARER = "bearer ";

    enum Kind {
        KEY,
        TOKEN,
        /** Nothing that could ever be good. */
        UNKNOWN
    }

    /**
     * The credential of a request, from {@code X-API-Key} or {@code Authorization} and from nowhere else.
     *
     * @return empty if there is none
     * @throws ProblemException if there is more than one
     */
    static Optional<Credential> of(Context ctx) {
        Optional<String> key = Headers.only(ctx, "X-API-Key", Credential::repeated);
        Optional<String> authorization = Headers.only(ctx, "Authorization", Credential::repeated);
        if (key.isPresent() && authorization.isPresent()) {
            throw Problem.malformed("Send one credential, X-API-Key or Authorization, not both")
                    .asException();
        }
        return key.isPresent()
                ? Optional.of(new Credential(Kind.KEY, key.get()))
                : authorization.map(Credential::ofAuthorization);
    }

    private static ProblemException repeated() {
        return Problem.malformed("Send one credential; its header stands more than once")
                .asException();
    }

    /** The scheme's name has any case (RFC 9110 section 11.1), what follows is to the letter. */
    private static Credential ofAuthorization(String value) {
        boolean bearer = value.length() > BEARER.length()
                && value.substring(0, BEARER.length()).toLowerCase(Locale.ROOT).equals(BEARER);
        if (!bearer) {
            return new Credential(Kind.UNKNOWN, "");
        }
        String presented = value.substring(BEARER.length());
        if (KeySecret.parse(presented).isPresent()) {
            return new Credential(Kind.KEY, presented);
        }
        return new Credential(JWT.matcher(presented).matches() ? Kind.TOKEN : Kind.UNKNOWN, presented);
    }

    @Override
    public String toString() {
        return kind + ":***";
    }
}
