package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.domain.IpRange;
import dev.keywright.domain.KeyDraft;
import dev.keywright.domain.Scope;
import dev.keywright.domain.Scopes;
import dev.keywright.domain.UserId;
import dev.keywright.testkit.SettableTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract section 9: what a proxy is told about a request that it holds. */
class ProxyQuestionTest {

    private static final LittleIssuer ISSUER = new LittleIssuer(SettableTime.at(LiveServer.START));

    @RegisterExtension
    static final LiveServer SERVER = LiveServer.with(
            settings -> settings.withOAuth2(ISSUER.settings()).withTrustedProxies(List.of(IpRange.parse("127.0.0.1"))));

    @RegisterExtension
    static final LiveServer THROTTLED = LiveServer.with(settings -> settings.withAuthFailuresPerMinute(1));

    private final Tenant acme = SERVER.tenant();
    private final ApiClient admin = acme.client();

    @AfterEach
    void comeBack() {
        SERVER.store.comeBack();
    }

    @AfterAll
    static void stop() {
        ISSUER.close();
    }

    private static void assertTold(Answer answer, String name, String value) {
        assertThat(answer.header(name)).as("%s of %s", name, answer).contains(value);
    }

    private static void assertNotTold(Answer answer, String... names) {
        for (String name : names) {
            assertThat(answer.header(name)).as("%s of %s", name, answer).isEmpty();
        }
    }

    @Test
    void aGoodKeyIsToldWithCompanyUserIdAndVersion() {
        var created = admin.created("userId", "alice");
        String id = created.path("id").asText();
        ApiClient alice = SERVER.anonymous().withKey(created.path("key").asText());

        Answer unpinned = alice.get("/auth");
        assertThat(unpinned.status()).isEqualTo(204);
        assertTold(unpinned, "X-Company-Id", acme.company());
        assertTold(unpinned, "X-User-Id", "alice");
        assertTold(unpinned, "X-Key-Id", id);
        assertNotTold(unpinned, "X-Api-Version", "X-Envoy-Auth-Headers-To-Remove", "Content-Type");

        admin.put("/keys/" + id, "{\"apiVersion\":\"2024-05-22\"}");
        Answer pinned = alice.get("/auth");
        assertTold(pinned, "X-Api-Version", "2024-05-22");
        assertThat(alice.head("/auth").status()).isEqualTo(204);
        assertThat(SERVER.anonymous()
                        .withBearer(created.path("key").asText())
                        .get("/auth")
                        .header("X-Key-Id"))
                .contains(id);
    }

    @Test
    void anAccessTokenHasNoKeyAndNoVersion() {
        Answer answer = SERVER.anonymous()
                .withBearer(ISSUER.token(acme.company(), "reports"))
                .get("/auth?scopes=reports");
        assertThat(answer.status()).isEqualTo(204);
        assertTold(answer, "X-Company-Id", acme.company());
        assertTold(answer, "X-User-Id", "carol");
        assertNotTold(answer, "X-Key-Id", "X-Api-Version");
    }

    @Test
    void namesOfAnyCharactersTravelPercentEncoded() {
        Tenant odd = new Tenant(SERVER, "Grün & 100%");
        String secret = Tenant.text(odd.create(KeyDraft.of(new UserId("a\r\nX-Key-Id: forged"))));

        Answer answer = SERVER.anonymous().withKey(secret).get("/auth");
        assertTold(answer, "X-Company-Id", "Gr%C3%BCn%20&%20100%25");
        assertTold(answer, "X-User-Id", "a%0D%0AX-Key-Id:%20forged");
    }

    @Test
    void everyFailureIsTheSame401() {
        Answer none = SERVER.anonymous().with("X-Request-Id", "same").get("/auth");
        assertThat(none.status()).isEqualTo(401);
        assertThat(none.type()).isEqualTo("/problems/unauthorized");

        var created = admin.created("userId", "alice");
        String id = created.path("id").asText();
        ApiClient alice =
                SERVER.anonymous().withKey(created.path("key").asText()).with("X-Request-Id", "same");
        admin.post("/keys/" + id + "/deactivate");
        assertThat(alice.get("/auth").comparable()).isEqualTo(none.comparable());
        admin.delete("/keys/" + id);
        assertThat(alice.get("/auth").comparable()).isEqualTo(none.comparable());
        assertThat(alice.get("/auth/x").comparable()).isEqualTo(none.comparable());

        assertThat(SERVER.anonymous().withKey("nonsense").get("/auth").status()).isEqualTo(401);
        assertThat(SERVER.anonymous().withBearer("a.b.c").get("/auth").status()).isEqualTo(401);
    }

    @Test
    @Tag("R-28")
    void twoCredentialsAre401HereForAProxyMakesItsOwnFaultOfA400() {
        for (String path : List.of("/auth", "/auth/x")) {
            assertThat(admin.with("Authorization", "Bearer x").get(path).status())
                    .isEqualTo(401);
            assertThat(admin.with("X-API-Key", acme.secret()).get(path).status())
                    .isEqualTo(401);
            assertThat(admin.with("X-API-Key", acme.secret()).get("/keys").status())
                    .isEqualTo(400);
        }
    }

    @Test
    @Tag("R-18")
    void whoFailsTooOftenIsToldToWaitByA401() {
        ApiClient stranger = THROTTLED.anonymous();
        assertThat(stranger.get("/auth").header("Retry-After")).isEmpty();

        Answer refused = stranger.get("/auth");
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.header("Retry-After")).contains("60");
        assertThat(stranger.get("/keys").status()).isEqualTo(429);
        assertThat(THROTTLED.tenant().client().get("/auth").status()).isEqualTo(204);
        THROTTLED.time.advance(Duration.ofMinutes(2));
        assertThat(stranger.get("/auth").header("Retry-After")).isEmpty();
    }

    @Test
    @Tag("R-31")
    void theAddressIsTheOneThatATrustedProxyTells() {
        ApiClient bound = SERVER.anonymous().withKey(acme.secretFrom("203.0.113.0/24"));
        assertThat(bound.with("X-Forwarded-For", "198.51.100.1, 203.0.113.7")
                        .get("/auth")
                        .status())
                .isEqualTo(204);
        Answer refused =
                bound.with("X-Forwarded-For", "203.0.113.7, 198.51.100.1").get("/auth");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.detail()).contains("address");
        assertThat(bound.get("/auth").status()).isEqualTo(403);
        assertThat(bound.with("X-Forwarded-For", "unknown").get("/auth").status())
                .isEqualTo(403);
        assertThat(bound.with("X-Forwarded-For", "203.0.113.7").get("/auth/x").status())
                .isEqualTo(200);
    }

    @Test
    void aMissingScopeIsA403ThatNamesAllThatAreMissing() {
        ApiClient reader = acme.client("reports");
        assertThat(reader.get("/auth?scopes=reports").status()).isEqualTo(204);
        assertThat(reader.get("/auth?scopes=reports,reports").status()).isEqualTo(204);
        Answer refused = reader.get("/auth?scopes=reports,gold,billing");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.detail()).endsWith(": billing gold");
        assertNotTold(refused, "X-Company-Id", "X-User-Id", "X-Key-Id");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "scopes=",
                "scopes",
                "scopes=a,,b",
                "scopes=a,",
                "scopes=A",
                "scopes=a%20b",
                "scopes=a&scopes=b",
                "scope=a",
                "scopes=a&scopes%3d=1"
            })
    void aQueryThatCannotBeIsTheProxysOwnFault(String query) {
        Answer answer = admin.get("/auth?" + query);
        assertThat(answer.status()).as(query).isEqualTo(400);
        assertThat(answer.json().path("errors").path(0).path("parameter").asText())
                .startsWith("scope");
        assertThat(SERVER.anonymous().get("/auth?" + query).status()).isEqualTo(401);
    }

    @Test
    void aHundredScopesAreTheMost() {
        String hundred = "a" + ",a".repeat(99);
        assertThat(admin.get("/auth?scopes=" + hundred).status()).isEqualTo(403);
        assertThat(admin.get("/auth?scopes=" + hundred + ",a").status()).isEqualTo(400);
    }

    @Test
    void envoyIsToldYesBy200AndWhichHeadersToTakeOff() {
        var created = admin.created("userId", "alice");
        ApiClient alice = SERVER.anonymous().withKey(created.path("key").asText());

        Answer unpinned = alice.post("/auth/orders/7?scopes=gold&limit=abc");
        assertThat(unpinned.status()).isEqualTo(200);
        assertTold(unpinned, "X-User-Id", "alice");
        assertTold(unpinned, "X-Key-Id", created.path("id").asText());
        assertTold(unpinned, "X-Envoy-Auth-Headers-To-Remove", "X-Api-Version");
        assertTold(unpinned, "Content-Length", "0");

        admin.put("/keys/" + created.path("id").asText(), "{\"apiVersion\":\"2024-05-22\"}");
        Answer pinned = alice.get("/auth/");
        assertTold(pinned, "X-Api-Version", "2024-05-22");
        assertNotTold(pinned, "X-Envoy-Auth-Headers-To-Remove");

        Answer token =
                SERVER.anonymous().withBearer(ISSUER.token(acme.company(), "")).get("/auth/orders");
        assertTold(token, "X-Envoy-Auth-Headers-To-Remove", "X-Key-Id,X-Api-Version");
    }

    @Test
    void envoyTellsScopesInAHeaderAndOneMoreOnlyAsksForMore() {
        ApiClient reader = acme.client("reports", "billing");
        ApiClient asked = reader.with("X-Required-Scopes", "reports");
        assertThat(asked.get("/auth/x").status()).isEqualTo(200);
        assertThat(asked.with("X-Required-Scopes", "billing").get("/auth/x").status())
                .isEqualTo(200);
        assertThat(asked.with("X-Required-Scopes", "gold").get("/auth/x").status())
                .isEqualTo(403);
        Answer faulty = reader.with("X-Required-Scopes", "reports;gold").get("/auth/x");
        assertThat(faulty.status()).isEqualTo(400);
        assertThat(faulty.json().path("errors").path(0).path("header").asText()).isEqualTo("X-Required-Scopes");
    }

    @Test
    @Tag("R-16")
    void aStoreThatIsAwayIs503() {
        SERVER.store.goAway();
        assertThat(admin.get("/auth").status()).isEqualTo(503);
        assertThat(admin.post("/auth/x").status()).isEqualTo(503);
        assertThat(SERVER.anonymous().withKey("nonsense").get("/auth").status()).isEqualTo(401);
    }

    @Test
    void noScopeOfKeywrightsOwnIsNeeded() {
        String secret = Tenant.text(acme.create(KeyDraft.of(new UserId("u")).withScopes(Scopes.of(new Scope("own")))));
        assertThat(SERVER.anonymous().withKey(secret).get("/auth?scopes=own").status())
                .isEqualTo(204);
        assertThat(SERVER.anonymous().withKey(secret).get("/keys").status()).isEqualTo(403);
    }
}
