package dev.keywright.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyStatus;
import org.junit.jupiter.api.Test;

/** A store that nobody has used. Here {@link #store()} must return one without any key, each time it is called. */
public abstract class EmptyStoreContract extends KeyStoreContract {

    private final CompanyId company = Samples.company();

    @Test
    void aNewStoreIsEmpty() {
        assertThat(keys().<Boolean>read(keys -> keys.isEmpty())).isTrue();
        assertThat(keys().<Boolean>write(keys -> keys.isEmpty())).isTrue();
    }

    @Test
    void aNewStoreHasNothingToShow() {
        keys().read(keys -> {
            for (KeyStatus status : KeyStatus.values()) {
                assertThat(keys.count(company, status)).isZero();
                assertThat(keys.older(company, status, ApiKeyId.NEWEST, 0, 1)).isEmpty();
                assertThat(keys.newer(company, status, ApiKeyId.OLDEST, 1)).isEmpty();
            }
            assertThat(keys.newest(company)).isEmpty();
            return company;
        });
    }

    @Test
    void theFirstKeyEndsTheEmptinessForEveryCompany() {
        Samples.insert(keys(), company);

        assertThat(keys().<Boolean>read(keys -> keys.isEmpty())).isFalse();
    }
}
