package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
    private static final List<String> KNOWN = List.of("userId", "whitelistedIPs", "description", "scopes", "expiresAt");

    @ParameterizedTest
    @CsvSource({
        "whitelistedIps, whitelistedIPs",
        "whitelistIPs, whitelistedIPs",
        "WHITELISTEDIPS, whitelistedIPs",
        "descripton, description",
        "desrciption, description",
        "user_id, userId",
        "scope, scopes",
        "expireAt, expiresAt"
    })
    void aMisspeltNameHasANearestOne(String unknown, String nearest) {
        assertThat(NearestName.of(unknown, KNOWN)).contains(nearest);
    }

    @ParameterizedTest
    @CsvSource({"foo", "x", "''", "somethingElseEntirely"})
    void aNameNearToNoneIsAnsweredWithAllOfThem(String unknown) {
        assertThat(NearestName.hint(unknown, KNOWN))
                .isEqualTo("known are userId, whitelistedIPs, description, scopes, expiresAt");
    }

    @Test
    void whereNothingIsKnownNothingIsSuggested() {
        assertThat(NearestName.hint("x", List.of())).isEqualTo("there are none here");
    }

    @Test
    void aVeryLongNameIsNotCompared() {
        assertThat(NearestName.of("d".repeat(1_000_000), KNOWN)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', 0",
        "abc, abc, 0",
        "abc, ABC, 0",
        "abc, acb, 1",
        "abc, ab, 1",
        "'', abc, 3",
        "kitten, sitting, 3"
    })
    void theDistanceCountsTheLettersToChange(String one, String other, int distance) {
        assertThat(NearestName.distance(one, other)).isEqualTo(distance);
        assertThat(NearestName.distance(other, one)).isEqualTo(distance);
    }
}
