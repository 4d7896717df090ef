package dev.keywright.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.domain.KeyPrefix;
import dev.keywright.domain.KeySecret;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdsTest {
    private final RequestIds ids = new RequestIds(InstantSource.fixed(Instant.parse("2026-03-02T09:15:00Z")));

    @Test
    void aHarmlessNameIsKept() {
        assertThat(ids.of(List.of("3f6c1a2b-Export_17.a"))).isEqualTo("3f6c1a2b-Export_17.a");
    }

    @Tag("R-70")
    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\nb", "a\u001bb", "é", "a/b", "a:b", "<x>"})
    void anyOtherIsReplaced(String sent) {
        assertThat(ids.of(List.of(sent))).matches("[0-9a-f]{16}");
    }

    @Tag("R-02")
    @Tag("R-08")
    @Test
    void aKeySentInTheWrongPlaceIsNoNameAndDoesNotReachTheLog() {
        String key = KeySecret.random(KeyPrefix.DEFAULT, new SecureRandom()).reveal();

        assertThat(ids.of(List.of(key))).matches("[0-9a-f]{16}");
        assertThat(ids.of(List.of(key + "x"))).matches("[0-9a-f]{16}");
    }

    @Test
    void namesOfMoreThan64CharactersAreReplaced() {
        assertThat(ids.of(List.of("a".repeat(64)))).isEqualTo("a".repeat(64));
        assertThat(ids.of(List.of("a".repeat(65)))).matches("[0-9a-f]{16}");
    }

    @Test
    void twoNamesAreNone() {
        assertThat(ids.of(List.of("a", "b"))).matches("[0-9a-f]{16}");
    }

    @Test
    void noTwoRequestsShareAName() {
        Set<String> names = new HashSet<>();
        for (int request = 0; request < 100_000; request++) {
            names.add(ids.next());
        }

        assertThat(names).hasSize(100_000);
    }
}
