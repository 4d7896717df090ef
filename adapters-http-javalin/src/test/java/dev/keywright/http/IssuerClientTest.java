package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("R-29")
class IssuerClientTest {
    private static final String NO_KEYS = "{\"keys\":[]}";
    private static final String AUTHORIZATION_SERVER = "/.well-known/oauth-authorization-server/tenant";
    private static final String OPENID = "/tenant/.well-known/openid-configuration";

    private final Map<String, String> pages = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer issuer;
    private String origin;

    @BeforeEach
    void open() throws IOException {
        issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            asked.add(path);
            byte[] page = pages.getOrDefault(path, "").getBytes(StandardCharsets.UTF_8);
            if (path.equals("/moved")) {
                exchange.getResponseHeaders().add("Location", "/jwks");
            }
            exchange.sendResponseHeaders(path.equals("/moved") ? 302 : page.length == 0 ? 404 : 200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        issuer.start();
        origin = "http://127.0.0.1:" + issuer.getAddress().getPort();
        pages.put("/jwks", NO_KEYS);
    }

    @AfterEach
    void close() {
        issuer.stop(0);
    }

    private IssuerClient discovering() {
        return new IssuerClient(OAuth2Settings.of(origin + "/tenant", "keywright"));
    }

    private IssuerClient at(String path) {
        return new IssuerClient(
                OAuth2Settings.of(origin + "/tenant", "keywright").withJwksUrl(URI.create(origin + path)));
    }

    private String metadata(String jwksUri) {
        return "{\"issuer\":\"" + origin + "/tenant\",\"jwks_uri\":\"" + jwksUri + "\"}";
    }

    @Test
    void aConfiguredAddressIsAskedAndNoOther() throws IOException {
        assertThat(at("/jwks").fetch().getKeys()).isEmpty();
        assertThat(asked).containsExactly("/jwks");
    }

    @ParameterizedTest
    @ValueSource(strings = {AUTHORIZATION_SERVER, OPENID})
    void withoutOneTheIssuersMetadataTellsIt(String place) throws IOException {
        pages.put(place, metadata(origin + "/jwks"));

        assertThat(discovering().fetch().getKeys()).isEmpty();
    }

    @Test
    void whatTheMetadataToldIsRemembered() throws IOException {
        pages.put(AUTHORIZATION_SERVER, metadata(origin + "/jwks"));
        IssuerClient client = discovering();

        client.fetch();
        client.fetch();

        assertThat(asked).containsExactly(AUTHORIZATION_SERVER, "/jwks", "/jwks");
    }

    @Test
    void anAddressThatStopsWorkingIsLookedUpAgain() throws IOException {
        pages.put(AUTHORIZATION_SERVER, metadata(origin + "/jwks"));
        IssuerClient client = discovering();
        client.fetch();
        pages.remove("/jwks");
        assertThatThrownBy(client::fetch).isInstanceOf(IOException.class);
        pages.put(AUTHORIZATION_SERVER, metadata(origin + "/new-jwks"));
        pages.put("/new-jwks", NO_KEYS);

        assertThat(client.fetch().getKeys()).isEmpty();
    }

    @Test
    void metadataOfAnotherIssuerCountsForNothing() {
        pages.put(AUTHORIZATION_SERVER, metadata(origin + "/jwks").replace("/tenant\"", "/other\""));

        assertThatThrownBy(() -> discovering().fetch()).isInstanceOf(IOException.class);
        assertThat(asked).doesNotContain("/jwks");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/jwks", "file:///etc/passwd", "ftp://127.0.0.1/x", "http://", "::", "mailto:a@b"})
    void anAddressThatIsNoneOfTheWebIsNotFetched(String jwksUri) {
        pages.put(AUTHORIZATION_SERVER, metadata(jwksUri));

        assertThatThrownBy(() -> discovering().fetch()).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "[]", "null", "{}", "{\"keys\":5}", "{\"keys\":[5]}"})
    void whatIsNoKeySetIsRefused(String page) {
        pages.put("/jwks", page);

        assertThatThrownBy(() -> at("/jwks").fetch()).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "[]", "null", "5"})
    void whatIsNoMetadataIsRefused(String page) {
        pages.put(AUTHORIZATION_SERVER, page);

        assertThatThrownBy(() -> discovering().fetch()).isInstanceOf(IOException.class);
    }

    @Test
    void redirectsAreNotFollowed() {
        assertThatThrownBy(() -> at("/moved").fetch()).isInstanceOf(IOException.class);
        assertThat(asked).containsExactly("/moved");
    }

    @Test
    void anAnswerWithoutEndIsCutOff() {
        pages.put("/jwks", "{\"keys\":[" + " ".repeat(300_000) + "]}");

        assertThatThrownBy(() -> at("/jwks").fetch()).isInstanceOf(IOException.class);
    }

    @Test
    void anIssuerThatIsGoneIsAFailureSoon() {
        issuer.stop(0);

        assertThatThrownBy(() -> at("/jwks").fetch()).isInstanceOf(IOException.class);
    }

    @Test
    void metadataAddressesAreThoseOfTheStandards() {
        assertThat(IssuerClient.metadataAddresses("https://issuer.example.com"))
                .containsExactly(
                        URI.create("https://issuer.example.com/.well-known/oauth-authorization-server"),
                        URI.create("https://issuer.example.com/.well-known/openid-configuration"));
        assertThat(IssuerClient.metadataAddresses("https://issuer.example.com:8443/a/b/"))
                .containsExactly(
                        URI.create("https://issuer.example.com:8443/.well-known/oauth-authorization-server/a/b"),
                        URI.create("https://issuer.example.com:8443/a/b/.well-known/openid-configuration"));
    }
}
