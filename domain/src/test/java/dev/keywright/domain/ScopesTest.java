package dev.keywright.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Contract section 6, {@code scopes}. */
class ScopesTest {

    @Test
    void scopesAreASetInAlphabeticalOrder() {
        Scopes scopes = Keys.scopes("keys:write", "a", "keys:read", "a");

        assertThat(scopes).hasToString("a keys:read keys:write");
        assertThat(scopes.toList()).containsExactly(new Scope("a"), Scope.KEYS_READ, Scope.KEYS_WRITE);
        assertThat(scopes).containsExactlyElementsOf(scopes.toList());
        assertThat(scopes)
                .isEqualTo(Keys.scopes("keys:read", "keys:write", "a"))
                .hasSameHashCodeAs(Keys.scopes("keys:read", "keys:write", "a"));
    }

    @Test
    void aKeyIsGivenAtMost100ScopesCountedAsGiven() {
        List<Scope> hundred =
                IntStream.range(0, 100).mapToObj(i -> new Scope("s" + i)).toList();

        assertThat(Scopes.of(hundred).toList()).hasSize(100);
        assertThat(Scopes.of(Collections.nCopies(100, Scope.KEYS_READ)).toList())
                .hasSize(1);
        assertThatThrownBy(() -> Scopes.of(Collections.nCopies(101, Scope.KEYS_READ)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("There are at most 100 scopes, not 101");
    }

    @Test
    void withoutTellsWhatIsMissing() {
        Scopes given = Keys.scopes("a", "b", "c");

        assertThat(given.without(Keys.scopes("b", "x"))).isEqualTo(Keys.scopes("a", "c"));
        assertThat(given.without(given)).isEqualTo(Scopes.none());
        assertThat(given.without(Scopes.none())).isEqualTo(given);
        assertThat(Scopes.none().without(given)).isEqualTo(Scopes.none());
    }

    @Test
    void noScopeMeansNoScope() {
        assertThat(Scopes.none().isEmpty()).isTrue();
        assertThat(Scopes.of(List.of())).isEqualTo(Scopes.none());
        assertThat(Scopes.none().contains(Scope.KEYS_READ)).isFalse();
        assertThat(Keys.scopes("keys:read").isEmpty()).isFalse();
    }

    @Test
    void aScopeContainsNoOther() {
        Scopes held = Keys.scopes("keys", "keys:rea", "keys:read:all");

        assertThat(held.contains(Scope.KEYS_READ)).isFalse();
        assertThat(held.contains(new Scope("keys"))).isTrue();
    }
}
