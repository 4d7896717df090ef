package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Contract section 5, as a client sees it: the pin and its downgrade window. */
class PinOverHttpTest {

    private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");

    @RegisterExtension
    static final LiveServer SERVER = LiveServer.shared();

    private ApiClient api = SERVER.anonymous();
    private String path = "";

    @BeforeEach
    void aKeyAtNoon() {
        SERVER.time.set(NOON);
        api = SERVER.tenant().client();
        path = "/keys/" + api.newKey();
    }

    private Answer pin(String version) {
        return api.put(path, JsonText.object("apiVersion", version));
    }

    private void assertPin(Answer answer, String version, String updatedAt, String notAfter) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        assertThat(pinOf(answer.json())).isEqualTo(List.of(version, updatedAt, notAfter));
        assertThat(pinOf(api.get(path).json())).isEqualTo(List.of(version, updatedAt, notAfter));
    }

    private static List<String> pinOf(JsonNode key) {
        return List.of(
                key.get("apiVersion").asText("null"),
                key.get("apiVersionUpdatedAt").asText("null"),
                key.get("apiVersionDowngradeNotAllowedAfter").asText("null"));
    }

    private void assertRefused(Answer answer, String type, String... told) {
        List<String> before = pinOf(api.get(path).json());
        assertThat(answer.status()).as("%s", answer).isEqualTo(409);
        assertThat(answer.type()).isEqualTo("/problems/" + type);
        assertThat(answer.detail()).contains(told);
        assertThat(pinOf(api.get(path).json())).isEqualTo(before);
    }

    private void at(String instant) {
        SERVER.time.set(Instant.parse(instant));
    }

    @Test
    void theWorkedExampleOfTheDocumentationHolds() {
        assertPin(pin("2023-11-15"), "2023-11-15", "2026-03-10T12:00:00.000Z", "null");
        at("2026-03-10T13:00:00Z");
        assertPin(pin("2024-05-22"), "2024-05-22", "2026-03-10T13:00:00.000Z", "2026-03-13T13:00:00.000Z");
        at("2026-03-11T09:00:00Z");
        assertPin(pin("2024-09-01"), "2024-09-01", "2026-03-11T09:00:00.000Z", "2026-03-14T09:00:00.000Z");
        at("2026-03-12T10:00:00Z");
        assertRefused(pin("2023-12-01"), "version-never-pinned", "2023-11-15", "2024-05-22");
        at("2026-03-13T13:00:00.001Z");
        assertRefused(pin("2023-11-15"), "downgrade-window-closed", "2026-03-13T13:00:00.000Z", "2024-05-22");
        at("2026-03-14T09:00:00Z");
        assertPin(pin("2024-05-22"), "2024-05-22", "2026-03-14T09:00:00.000Z", "2026-03-13T13:00:00.000Z");
        at("2026-03-14T10:00:00Z");
        assertPin(pin("2024-05-22"), "2024-05-22", "2026-03-14T09:00:00.000Z", "2026-03-13T13:00:00.000Z");
        at("2026-03-14T11:00:00Z");
        assertPin(pin("2024-09-01"), "2024-09-01", "2026-03-14T11:00:00.000Z", "2026-03-17T11:00:00.000Z");
    }

    @Test
    void theFirstPinOpensNoWindow() {
        assertThat(pinOf(api.get(path).json())).isEqualTo(List.of("null", "null", "null"));
        assertPin(pin("2024-05-22"), "2024-05-22", "2026-03-10T12:00:00.000Z", "null");
        assertRefused(pin("2023-01-01"), "version-never-pinned", "no version");
    }

    @Test
    void aDowngradeIsAllowedInsideTheWindowAndAtTheVeryInstantAndNotOneMillisecondLater() {
        pin("2023-01-01");
        pin("2024-01-01");
        Instant end = NOON.plus(Duration.ofHours(72));

        SERVER.time.set(end.plusMillis(1));
        assertRefused(pin("2023-01-01"), "downgrade-window-closed", "2026-03-13T12:00:00.000Z");
        SERVER.time.set(end);
        assertPin(pin("2023-01-01"), "2023-01-01", "2026-03-13T12:00:00.000Z", "null");
    }

    @Test
    void aFractionOfAMillisecondAfterTheInstantStillCountsAsTheInstant() {
        pin("2023-01-01");
        pin("2024-01-01");
        SERVER.time.set(NOON.plus(Duration.ofHours(72)).plusNanos(999_999));
        assertThat(pin("2023-01-01").status()).isEqualTo(200);
    }

    @Test
    void echoingTheVersionReopensNoWindow() {
        pin("2023-01-01");
        Answer upgraded = pin("2024-01-01");
        SERVER.time.advance(Duration.ofHours(71));

        Answer echoed = api.put(path, JsonText.object("apiVersion", "2024-01-01", "description", "changed"));
        assertThat(pinOf(echoed.json())).isEqualTo(pinOf(upgraded.json()));
        SERVER.time.advance(Duration.ofHours(2));
        assertRefused(pin("2023-01-01"), "downgrade-window-closed", "2026-03-13T12:00:00.000Z");
    }

    @Test
    void aDowngradeTakesTheVersionAndAllNewerOnesOffTheTrailAndOpensNoWindow() {
        pin("2022-01-01");
        pin("2023-01-01");
        pin("2024-01-01");
        SERVER.time.advance(Duration.ofHours(1));

        assertPin(pin("2022-01-01"), "2022-01-01", "2026-03-10T13:00:00.000Z", "null");
        assertPin(pin("2024-01-01"), "2024-01-01", "2026-03-10T13:00:00.000Z", "2026-03-13T13:00:00.000Z");
        assertRefused(pin("2023-01-01"), "version-never-pinned", "2022-01-01");
    }

    @Test
    void aLaterUpgradeNeverLengthensAnEarlierWindow() {
        pin("2022-01-01");
        pin("2023-01-01");
        SERVER.time.advance(Duration.ofHours(48));
        pin("2024-01-01");
        SERVER.time.advance(Duration.ofHours(25));

        assertRefused(pin("2022-01-01"), "downgrade-window-closed", "2026-03-13T12:00:00.000Z");
        assertThat(pin("2023-01-01").status()).isEqualTo(200);
        assertRefused(pin("2022-01-01"), "downgrade-window-closed", "no version");
    }

    @Test
    @Tag("R-19")
    void aClockThatStepsBackReopensNothing() {
        pin("2022-01-01");
        pin("2023-01-01");
        SERVER.time.advance(Duration.ofHours(73));
        api.put(path, "{\"description\":\"a change after the window\"}");
        SERVER.time.advance(Duration.ofHours(-10));

        assertRefused(pin("2022-01-01"), "downgrade-window-closed", "2026-03-13T12:00:00.000Z");
        JsonNode after = api.put(path, "{\"description\":\"again\"}").json();
        assertThat(after.path("updatedAt").asText()).isEqualTo("2026-03-13T13:00:00.000Z");
    }

    @Test
    void verificationTellsTheVersion() {
        JsonNode created = api.created("userId", "alice");
        String secret = created.path("key").asText();
        assertThat(api.verify("key", secret).json().get("apiVersion").isNull()).isTrue();
        api.put("/keys/" + created.path("id").asText(), "{\"apiVersion\":\"2024-05-22\"}");
        assertThat(api.verify("key", secret).json().path("apiVersion").asText()).isEqualTo("2024-05-22");
    }
}
