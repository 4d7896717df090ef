package dev.keywright.http;

import java.net.URI;
import java.util.Optional;

/** Makes links into the API: paths, or absolute under the configured public URL; never from what a request says. */
final class Links {
    private final String base;

    Links(Optional<URI> publicUrl) {
        this.base = publicUrl.map(URI::toString).map(Links::withoutSlash).orElse("");
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? withoutSlash(url.substring(0, url.length() - 1)) : url;
    }

    /** The link to a path, which begins with a slash. */
    String to(String path) {
        return base + path;
    }
}
