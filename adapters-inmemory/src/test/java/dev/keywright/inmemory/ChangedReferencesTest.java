package dev.keywright.inmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keywright.application.spi.WriteConflict;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.VerifiableKey;
import dev.keywright.testkit.Samples;
import org.junit.jupiter.api.Test;

/** A key whose secret was replaced is found by the new one alone. */
final class ChangedReferencesTest {

    private final CompanyId company = Samples.company();
    private final InMemoryKeyStore store = new InMemoryKeyStore();
    private final ApiKey key = Samples.insert(store, company);

    @Test
    void theNewReferenceFindsTheKeyAndTheOldOneNothing() {
        ApiKey after = Samples.replace(store, SampleKeys.rotated(key, Samples.credential()));

        assertThat(store.lookUp(after.credential().reference())).contains(VerifiableKey.of(after));
        assertThat(store.lookUp(key.credential().reference())).isEmpty();
    }

    @Test
    void aReferenceOfAnotherKeyIsTaken() {
        ApiKey other = Samples.insert(store, company);

        assertThatThrownBy(() -> Samples.replace(store, SampleKeys.rotated(key, other.credential())))
                .isInstanceOf(WriteConflict.class);

        assertThat(store.lookUp(key.credential().reference())).contains(VerifiableKey.of(key));
        assertThat(store.lookUp(other.credential().reference())).contains(VerifiableKey.of(other));
    }
}
