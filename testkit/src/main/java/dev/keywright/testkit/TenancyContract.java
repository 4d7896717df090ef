package dev.keywright.testkit;

import static dev.keywright.testkit.Samples.ACTOR;
import static dev.keywright.testkit.Samples.NOW;
import static dev.keywright.testkit.Samples.deactivated;
import static dev.keywright.testkit.Samples.insert;
import static dev.keywright.testkit.Samples.replace;
import static dev.keywright.testkit.Samples.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keywright.application.spi.IdempotencyToken;
import dev.keywright.application.spi.KeyReader;
import dev.keywright.application.spi.RecordedCreate;
import dev.keywright.application.spi.WriteConflict;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyChange;
import dev.keywright.domain.KeyStatus;
import dev.keywright.domain.VerifiableKey;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What one company has does not exist for another: one test for each way to it. */
public abstract class TenancyContract extends KeyStoreContract {

    private final CompanyId owner = Samples.company();
    private final CompanyId stranger = Samples.company();
    private final IdempotencyToken token = new IdempotencyToken(ACTOR, "token");

    /** The owner has an active key, one that is switched off, and a remembered create. */
    private ApiKey given() {
        ApiKey active = insert(keys(), owner);
        replace(keys(), deactivated(insert(keys(), owner)));
        RecordedCreate create = new RecordedCreate("0".repeat(64), active.id(), NOW);
        keys().write(keys -> {
            keys.remember(owner, token, create, NOW);
            return create;
        });
        return active;
    }

    private void read(Consumer<KeyReader> test) {
        keys().read(keys -> {
            test.accept(keys);
            return keys;
        });
        keys().write(keys -> {
            test.accept(keys);
            return keys;
        });
    }

    @Test
    void findShowsAStrangerNothing() {
        ApiKey key = given();

        read(keys -> assertThat(keys.find(stranger, key.id())).isEmpty());
    }

    @Test
    void olderShowsAStrangerNothing() {
        given();

        read(keys -> {
            for (KeyStatus status : KeyStatus.values()) {
                assertThat(keys.older(stranger, status, ApiKeyId.NEWEST, 0, 100))
                        .isEmpty();
            }
        });
    }

    @Test
    void newerShowsAStrangerNothing() {
        given();

        read(keys -> {
            for (KeyStatus status : KeyStatus.values()) {
                assertThat(keys.newer(stranger, status, ApiKeyId.OLDEST, 100)).isEmpty();
            }
        });
    }

    @Test
    void countTellsAStrangerNothing() {
        given();

        read(keys -> {
            for (KeyStatus status : KeyStatus.values()) {
                assertThat(keys.count(stranger, status)).isZero();
            }
        });
    }

    @Test
    void newestTellsAStrangerNothing() {
        given();

        read(keys -> assertThat(keys.newest(stranger)).isEmpty());
    }

    @Test
    void eventsTellAStrangerNothing() {
        ApiKey key = given();

        read(keys -> assertThat(keys.events(stranger, key.id())).isEmpty());
    }

    @Test
    void findCreateTellsAStrangerNothing() {
        given();

        read(keys -> assertThat(keys.findCreate(stranger, token)).isEmpty());
    }

    /** The one look-up that asks for no company: who presents a secret need not say whose it is. */
    @Test
    void lookUpTellsWhoseKeyItIs() {
        ApiKey key = given();

        assertThat(keys().lookUp(key.credential().reference()))
                .map(VerifiableKey::company)
                .contains(owner);
    }

    @Test
    void replaceDoesNotReachAStrangersKey() {
        ApiKey key = given();
        ApiKey off = deactivated(key).after();
        ApiKey claimed = new ApiKey(
                off.id(),
                stranger,
                off.user(),
                off.credential(),
                off.allowList(),
                off.description(),
                off.scopes(),
                off.pin(),
                off.expiry(),
                off.enabled(),
                off.updatedAt(),
                off.deletedAt(),
                off.revision(),
                off.lastUse());

        assertThatThrownBy(() ->
                        replace(keys(), new KeyChange(claimed, deactivated(key).event())))
                .isInstanceOf(WriteConflict.class);

        assertThat(stored(keys(), key)).contains(key);
        assertThat(stored(keys(), claimed)).isEmpty();
    }

    @Test
    void rememberDoesNotMeetAStrangersCreate() {
        given();
        ApiKey own = insert(keys(), stranger);
        RecordedCreate create = new RecordedCreate("1".repeat(64), own.id(), NOW);

        keys().write(keys -> {
            keys.remember(stranger, token, create, NOW);
            return create;
        });

        read(keys -> {
            assertThat(keys.findCreate(stranger, token)).contains(create);
            assertThat(keys.findCreate(owner, token))
                    .hasValueSatisfying(theirs -> assertThat(theirs).isNotEqualTo(create));
        });
    }

    @Test
    void theKeysOfAStrangerStandApartInTheSameOrder() {
        given();
        ApiKey own = insert(keys(), stranger);

        read(keys -> {
            assertThat(keys.older(stranger, KeyStatus.ACTIVE, ApiKeyId.NEWEST, 0, 100))
                    .containsExactly(own);
            assertThat(keys.count(stranger, KeyStatus.ACTIVE)).isEqualTo(1);
            assertThat(keys.newest(stranger)).isEqualTo(Optional.of(own.id()));
        });
    }
}
