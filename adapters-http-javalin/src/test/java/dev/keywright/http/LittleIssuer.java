package dev.keywright.http;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** An authorization server as small as can be: it signs access tokens and serves the keys to check them with. */
final class LittleIssuer implements AutoCloseable {

    static final String AUDIENCE = "https://keys.example.com";

    /** Making a key is slow, so there are just these. */
    static final RSAKey FIRST = rsaKey("first");

    static final RSAKey SECOND = rsaKey("second");
    static final RSAKey STRANGER = rsaKey("stranger");

    final AtomicInteger fetches = new AtomicInteger();
    private final com.sun.net.httpserver.HttpServer server;
    private final InstantSource time;
    private volatile JWKSet published = new JWKSet(FIRST);
    private volatile RSAKey signing = FIRST;
    private volatile boolean down;

    LittleIssuer(InstantSource time) {
        this.time = time;
        try {
            server = com.sun.net.httpserver.HttpServer.create(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    private static RSAKey rsaKey(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = "";
        if (path.equals("/jwks.json")) {
            fetches.incrementAndGet();
            body = published.toString(true);
        } else if (path.startsWith("/.well-known/")) {
            body = JsonText.object("issuer", issuer(), "jwks_uri", jwks().toString());
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(down ? 500 : bytes.length == 0 ? 404 : 200, down ? -1 : bytes.length);
        if (!down) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    URI jwks() {
        return URI.create(issuer() + "/jwks.json");
    }

    OAuth2Settings settings() {
        return OAuth2Settings.of(issuer(), AUDIENCE).withJwksUrl(jwks());
    }

    /** From now on a new key signs, and it alone is published. */
    void rotate() {
        signing = SECOND;
        published = new JWKSet(SECOND);
    }

    /** From now on every request fails. */
    void goDown() {
        down = true;
    }

    void comeBack() {
        down = false;
    }

    /** Claims of a token that is good for five minutes. */
    JWTClaimsSet.Builder claims(String company, String scope) {
        Instant now = time.instant();
        return new JWTClaimsSet.Builder()
                .issuer(issuer())
                .audience(AUDIENCE)
                .subject("carol")
                .claim("client_id", "console")
                .claim("company_id", company)
                .claim("scope", scope)
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(Duration.ofMinutes(5))));
    }

    String token(String company, String scope) {
        return token(claims(company, scope));
    }

    String token(JWTClaimsSet.Builder claims) {
        return token(claims, header -> header);
    }

    String token(JWTClaimsSet.Builder claims, UnaryOperator<JWSHeader.Builder> header) {
        return sign(claims.build(), header.apply(header(JWSAlgorithm.RS256)).build(), signing);
    }

    JWSHeader.Builder header(JWSAlgorithm algorithm) {
        return new JWSHeader.Builder(algorithm)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(signing.getKeyID());
    }

    static String sign(JWTClaimsSet claims, JWSHeader header, RSAKey key) {
        try {
            return sign(claims, header, new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    static String sign(JWTClaimsSet claims, JWSHeader header, JWSSigner signer) {
        try {
            SignedJWT token = new SignedJWT(header, claims);
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
