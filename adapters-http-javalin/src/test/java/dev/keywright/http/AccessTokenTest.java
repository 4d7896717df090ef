package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.keywright.application.Caller;
import dev.keywright.domain.Actor;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyDraft;
import dev.keywright.domain.UserId;
import dev.keywright.testkit.SettableTime;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Contract section 6: access tokens of a real issuer, and of those who would like to be it. */
@Tag("R-29")
class AccessTokenTest {

    private static final SettableTime TOKEN_TIME = SettableTime.at(LiveServer.START);
    private static final LittleIssuer ISSUER = new LittleIssuer(TOKEN_TIME);

    @RegisterExtension
    static final LiveServer SERVER = LiveServer.with(settings -> settings.withOAuth2(ISSUER.settings()));

    private final Tenant acme = SERVER.tenant();

    @AfterAll
    static void stop() {
        ISSUER.close();
    }

    private static ApiClient bearing(String token) {
        return SERVER.anonymous().withBearer(token);
    }

    private JWTClaimsSet.Builder claims() {
        return ISSUER.claims(acme.company(), "keys:read keys:write keys:verify");
    }

    @Test
    void aGoodTokenOpensItsCompanyWithItsScopes() {
        String id = acme.client().newKey();
        ApiClient reader = bearing(ISSUER.token(acme.company(), "openid keys:read profile"));

        assertThat(reader.get("/keys/" + id).status()).isEqualTo(200);
        assertThat(reader.post("/keys", "{\"userId\":\"alice\"}").status()).isEqualTo(403);
        assertThat(bearing(ISSUER.token("elsewhere", "keys:read"))
                        .get("/keys/" + id)
                        .status())
                .isEqualTo(404);
        assertThat(bearing(ISSUER.token(acme.company(), "")).get("/keys/" + id).status())
                .isEqualTo(403);
    }

    @Test
    void aTokenIsTakenAsBearerOnlyAndKeysGoOnWorkingBesideIt() {
        String token = ISSUER.token(claims());
        assertThat(SERVER.anonymous().with("X-API-Key", token).get("/keys").status())
                .isEqualTo(401);
        assertThat(SERVER.anonymous()
                        .with("Authorization", "bEARER " + token)
                        .get("/keys")
                        .status())
                .isEqualTo(200);
        assertThat(SERVER.anonymous().withBearer(acme.secret()).get("/keys").status())
                .isEqualTo(200);
        assertThat(acme.client()
                        .with("Authorization", "Bearer " + token)
                        .get("/keys")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void scopesMayBeAnArrayAndMayBeMissing() {
        assertThat(bearing(ISSUER.token(claims().claim("scope", List.of("keys:read"))))
                        .get("/keys")
                        .status())
                .isEqualTo(200);
        assertThat(bearing(ISSUER.token(claims().claim("scope", null)))
                        .get("/keys")
                        .status())
                .isEqualTo(403);
        assertThat(bearing(ISSUER.token(claims().claim("scope", "keys:readx KEYS:READ")))
                        .get("/keys")
                        .status())
                .isEqualTo(403);
        assertThat(bearing(ISSUER.token(claims().claim("scope", 7)))
                        .get("/keys")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aTokensHolderGivesOnlyScopesOfTheToken() {
        ApiClient writer = bearing(ISSUER.token(acme.company(), "keys:write reports"));
        assertThat(writer.post("/keys", "{\"userId\":\"a\",\"scopes\":[\"reports\"]}")
                        .status())
                .isEqualTo(201);
        assertThat(writer.post("/keys", "{\"userId\":\"a\",\"scopes\":[\"keys:read\"]}")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void idempotencyKeysOfTokensBelongToTheirSubject() {
        ApiClient carol = bearing(ISSUER.token(claims())).with("Idempotency-Key", "t-1");
        ApiClient carolAgain = bearing(ISSUER.token(claims())).with("Idempotency-Key", "t-1");
        ApiClient dave = bearing(ISSUER.token(claims().subject("dave"))).with("Idempotency-Key", "t-1");
        String id = carol.post("/keys", "{\"userId\":\"a\"}").json().path("id").asText();
        assertThat(carolAgain
                        .post("/keys", "{\"userId\":\"a\"}")
                        .json()
                        .path("id")
                        .asText())
                .isEqualTo(id);
        assertThat(dave.post("/keys", "{\"userId\":\"a\"}").json().path("id").asText())
                .isNotEqualTo(id);
    }

    @Test
    void otherAudiencesBesideOursAndTheLongTypeAreFine() {
        assertThat(bearing(ISSUER.token(claims().audience(List.of("x", LittleIssuer.AUDIENCE))))
                        .get("/keys")
                        .status())
                .isEqualTo(200);
        String longType = ISSUER.token(claims(), header -> header.type(new JOSEObjectType("application/at+jwt")));
        assertThat(bearing(longType).get("/keys").status()).isEqualTo(200);
    }

    @Test
    void clocksMayDifferByAMinuteAndNotMore() {
        Instant now = TOKEN_TIME.instant();
        assertThat(status(claims().expirationTime(Date.from(now.minusSeconds(58)))))
                .isEqualTo(200);
        assertThat(status(claims().expirationTime(Date.from(now.minusSeconds(62)))))
                .isEqualTo(401);
        assertThat(status(claims().notBeforeTime(Date.from(now.plusSeconds(58)))))
                .isEqualTo(200);
        assertThat(status(claims().notBeforeTime(Date.from(now.plusSeconds(62)))))
                .isEqualTo(401);
    }

    private int status(JWTClaimsSet.Builder claims) {
        return bearing(ISSUER.token(claims)).get("/keys").status();
    }

    @Test
    @Tag("R-17")
    void everyBadTokenIsTheSame401() throws Exception {
        Answer none = SERVER.anonymous().get("/keys");
        assertThat(none.status()).isEqualTo(401);
        assertThat(status(claims())).isEqualTo(200);
        BadTokens.of(ISSUER, TOKEN_TIME, acme.company())
                .forEach((name, token) -> assertThat(bearing(token).get("/keys").comparable())
                        .as(name)
                        .isEqualTo(none.comparable()));
        assertThat(status(claims())).isEqualTo(200);
    }

    /** A token that names where its keys are would let its maker choose who vouches for it. */
    @Test
    void noAddressInATokenIsEverAsked() {
        try (LittleIssuer elsewhere = new LittleIssuer(TOKEN_TIME)) {
            String named = ISSUER.token(claims(), header -> header.jwkURL(elsewhere.jwks()));
            String certified = ISSUER.token(claims(), header -> header.x509CertURL(elsewhere.jwks()));
            String unknown =
                    ISSUER.token(claims(), header -> header.keyID("elsewhere").jwkURL(elsewhere.jwks()));
            String ofElsewhere = elsewhere.token(
                    elsewhere.claims(acme.company(), "keys:read"), header -> header.jwkURL(elsewhere.jwks()));

            for (String token : List.of(named, certified, unknown, ofElsewhere)) {
                bearing(token).get("/keys");
            }

            assertThat(bearing(unknown).get("/keys").status()).isEqualTo(401);
            assertThat(bearing(ofElsewhere).get("/keys").status()).isEqualTo(401);
            assertThat(elsewhere.fetches).hasValue(0);
        }
    }

    @Test
    void withoutAnIssuerTheSchemeIsOff() {
        try (LiveServer bare = LiveServer.plain().start()) {
            assertThat(bare.anonymous()
                            .withBearer(ISSUER.token(claims()))
                            .get("/keys")
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void claimsHaveTheNamesThatAreConfigured() {
        OAuth2Settings other = ISSUER.settings().withClaims("org", "email", "permissions");
        try (LiveServer server =
                LiveServer.with(settings -> settings.withOAuth2(other)).start()) {
            JWTClaimsSet.Builder claims = ISSUER.claims("wrong", "keys:write")
                    .claim("org", "acme")
                    .claim("email", "carol@example.com")
                    .claim("permissions", List.of("keys:read"));
            ApiClient reader = server.anonymous().withBearer(ISSUER.token(claims));
            server.administration.create(
                    Caller.trusted(new CompanyId("acme"), new Actor("host")), KeyDraft.of(new UserId("x")));
            assertThat(reader.get("/keys").json().path("total").asInt()).isEqualTo(1);
            assertThat(reader.post("/keys", "{\"userId\":\"a\"}").status()).isEqualTo(403);
            assertThat(server.anonymous()
                            .withBearer(ISSUER.token("acme", "keys:read"))
                            .get("/keys")
                            .status())
                    .isEqualTo(401);
        }
    }
}
