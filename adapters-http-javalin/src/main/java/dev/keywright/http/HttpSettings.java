package dev.keywright.http;

import dev.keywright.domain.IpRange;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * How the HTTP interface is offered. Immutable; {@link #defaults()} is safe without a proxy and without any setting.
 *
 * @param host the address to listen on
 * @param port 0 to 65535; 0 picks a free one, see {@link HttpServer#port()}
 * @param trustedProxies peers whose {@code X-Forwarded-For} counts
 * @param authFailuresPerMinute failed authentications from one address before it is told to wait; 0 switches this off
 * @param oauth2 the issuer whose tokens are accepted; empty to accept none
 * @param publicUrl under which {@code Location}, {@code nextUrl} and {@code previousUrl} are absolute; an absolute
 *     {@code http} or {@code https} URI without query and fragment
 * @param maxBodyBytes the longest request body, 1 byte to 16 MiB
 */
public record HttpSettings(
        String host,
        int port,
        List<IpRange> trustedProxies,
        int authFailuresPerMinute,
        Optional<OAuth2Settings> oauth2,
        Optional<URI> publicUrl,
        int maxBodyBytes) {
    private static final int HIGHEST_BODY_LIMIT = 16 * 1024 * 1024;

    public HttpSettings {
        trustedProxies = List.copyOf(trustedProxies);
        if (host.isBlank()) {
            throw new IllegalArgumentException("the host to listen on must not be blank");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("a port is a number from 0 to 65535");
        }
        if (authFailuresPerMinute < 0) {
            throw new IllegalArgumentException("the number of failed authentications per minute must not be negative");
        }
        if (maxBodyBytes < 1 || maxBodyBytes > HIGHEST_BODY_LIMIT) {
            throw new IllegalArgumentException("the body limit is 1 to " + HIGHEST_BODY_LIMIT + " bytes");
        }
        publicUrl.ifPresent(url -> WebAddress.requireAbsolute("the public URL", url));
    }

    /** Loopback port 8080, no trusted proxy, 60 failures a minute, no OAuth 2, no public URL, bodies up to 64 KiB. */
    public static HttpSettings defaults() {
        return new HttpSettings("127.0.0.1", 8080, List.of(), 60, Optional.empty(), Optional.empty(), 65_536);
    }

    public HttpSettings withHost(String changed) {
        return new HttpSettings(changed, port, trustedProxies, authFailuresPerMinute, oauth2, publicUrl, maxBodyBytes);
    }

    public HttpSettings withPort(int changed) {
        return new HttpSettings(host, changed, trustedProxies, authFailuresPerMinute, oauth2, publicUrl, maxBodyBytes);
    }

    public HttpSettings withTrustedProxies(List<IpRange> changed) {
        return new HttpSettings(host, port, changed, authFailuresPerMinute, oauth2, publicUrl, maxBodyBytes);
    }

    public HttpSettings withAuthFailuresPerMinute(int changed) {
        return new HttpSettings(host, port, trustedProxies, changed, oauth2, publicUrl, maxBodyBytes);
    }

    public HttpSettings withOAuth2(OAuth2Settings changed) {
        return new HttpSettings(
                host, port, trustedProxies, authFailuresPerMinute, Optional.of(changed), publicUrl, maxBodyBytes);
    }

    public HttpSettings withPublicUrl(URI changed) {
        return new HttpSettings(
                host, port, trustedProxies, authFailuresPerMinute, oauth2, Optional.of(changed), maxBodyBytes);
    }

    public HttpSettings withMaxBodyBytes(int changed) {
        return new HttpSettings(host, port, trustedProxies, authFailuresPerMinute, oauth2, publicUrl, changed);
    }
}
