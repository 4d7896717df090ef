package dev.keywright.http;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What an address of the web must be to be configured. */
final class WebAddress {
    private WebAddress() {}

    /** Lets only absolute {@code http} and {@code https} URIs pass that have a host and no user, query or fragment. */
    static void requireAbsolute(String what, URI uri) {
        boolean good = isHttp(uri.getScheme())
                && uri.getHost() != null
                && uri.getRawUserInfo() == null
                && uri.getRawQuery() == null
                && uri.getRawFragment() == null;
        if (!good) {
            throw new IllegalArgumentException(what + " must be like https://keys.example.com/path, not " + uri);
        }
    }

    private static boolean isHttp(@Nullable String scheme) {
        return "https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme);
    }
}
