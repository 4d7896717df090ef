package dev.keywright.testkit;

import static dev.keywright.testkit.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.application.KeyAdministration;
import dev.keywright.application.KeyPolicy;
import dev.keywright.application.Precondition;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiVersion;
import dev.keywright.domain.Description;
import dev.keywright.domain.Expiry;
import dev.keywright.domain.IpAllowList;
import dev.keywright.domain.IpRange;
import dev.keywright.domain.KeyAction;
import dev.keywright.domain.KeyError;
import dev.keywright.domain.KeyField;
import dev.keywright.domain.KeyStatus;
import dev.keywright.domain.KeyUpdate;
import dev.keywright.domain.ReleasedVersions;
import dev.keywright.domain.Scope;
import dev.keywright.domain.Scopes;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A key changes as its rules say, all or nothing, and every change is recorded. */
public abstract class KeyChangesContract extends UseCaseContract {

    private static final Precondition ANY = Precondition.none();
    private static final ApiVersion OLD = ApiVersion.parse("2024-05-22");
    private static final ApiVersion NEW = ApiVersion.parse("2025-05-22");
    private static final KeyUpdate DESCRIBED = KeyUpdate.nothing().withDescription(new Description("described"));

    private KeyUpdate pin(ApiVersion version) {
        return KeyUpdate.nothing().withApiVersion(version);
    }

    @Test
    void anUpdateChangesWhatItNamesAndNothingElse() {
        ApiKey born = created().key();
        time.advance(Duration.ofMillis(5));
        KeyUpdate update = DESCRIBED
                .withAllowList(IpAllowList.of(List.of(IpRange.parse("10.0.0.0/8"))))
                .withScopes(Scopes.of(Scope.KEYS_VERIFY))
                .withExpiry(Expiry.at(NOW.plusSeconds(60)))
                .withApiVersion(OLD);

        ApiKey updated = administration().update(host, born.id(), update, ANY);

        assertThat(administration().get(host, born.id())).isEqualTo(updated);
        assertThat(updated.description()).contains(new Description("described"));
        assertThat(updated.allowList().ranges()).containsExactly(IpRange.parse("10.0.0.0/8"));
        assertThat(updated.scopes()).isEqualTo(Scopes.of(Scope.KEYS_VERIFY));
        assertThat(updated.expiry()).isEqualTo(Expiry.at(NOW.plusSeconds(60)));
        assertThat(updated.pin().current()).contains(OLD);
        assertThat(updated.updatedAt()).isEqualTo(NOW.plusMillis(5));
        assertThat(updated.revision()).isEqualTo(2);
        assertThat(updated.user()).isEqualTo(born.user());
        assertThat(updated.credential()).isEqualTo(born.credential());
        assertThat(events(born)).last().satisfies(recorded -> {
            assertThat(recorded.event().action()).isEqualTo(KeyAction.UPDATED);
            assertThat(recorded.event().fields()).isEqualTo(Set.of(KeyField.values()));
        });
    }

    @Test
    void whatAnUpdateCanSetItCanClear() {
        ApiKey born = created().key();
        administration()
                .update(
                        host,
                        born.id(),
                        DESCRIBED
                                .withAllowList(IpAllowList.of(List.of(IpRange.parse("::1"))))
                                .withScopes(Scopes.of(Scope.KEYS_READ))
                                .withExpiry(Expiry.at(NOW.plusSeconds(60))),
                        ANY);

        ApiKey cleared = administration()
                .update(
                        host,
                        born.id(),
                        KeyUpdate.nothing()
                                .withoutDescription()
                                .withAllowList(IpAllowList.anywhere())
                                .withScopes(Scopes.none())
                                .withExpiry(Expiry.never()),
                        ANY);

        assertThat(administration().get(host, born.id())).isEqualTo(cleared);
        assertThat(cleared.description()).isEmpty();
        assertThat(cleared.allowList().isUnrestricted()).isTrue();
        assertThat(cleared.scopes().isEmpty()).isTrue();
        assertThat(cleared.expiry()).isEqualTo(Expiry.never());
    }

    @Test
    void whatChangesNothingWritesNothing() {
        ApiKey key = administration().update(host, created().key().id(), DESCRIBED.withApiVersion(OLD), ANY);
        time.advance(Duration.ofHours(1));

        assertThat(administration().update(host, key.id(), DESCRIBED.withApiVersion(OLD), ANY))
                .isEqualTo(key);
        assertThat(administration().update(host, key.id(), KeyUpdate.nothing(), ANY))
                .isEqualTo(key);
        assertThat(administration().activate(host, key.id(), ANY)).isEqualTo(key);

        assertThat(administration().get(host, key.id())).isEqualTo(key);
        assertThat(events(key)).hasSize(2);
    }

    @Test
    void oneRefusedFieldRefusesTheWholeUpdate() {
        ApiKey key = created().key();

        assertRefused(
                new KeyError.ExpiryNotInFuture(NOW),
                () -> administration().update(host, key.id(), DESCRIBED.withExpiry(Expiry.at(NOW)), ANY));

        assertThat(administration().get(host, key.id())).isEqualTo(key);
        assertThat(events(key)).hasSize(1);
    }

    @Test
    void aKeyIsSwitchedOffAndOnAgain() {
        ApiKey key = created().key();

        ApiKey off = administration().deactivate(host, key.id(), ANY);
        ApiKey stillOff = administration().deactivate(host, key.id(), ANY);
        ApiKey on = administration().activate(host, key.id(), ANY);

        assertThat(off.status()).isEqualTo(KeyStatus.INACTIVE);
        assertThat(off.deletedAt()).isEmpty();
        assertThat(stillOff).isEqualTo(off);
        assertThat(on.status()).isEqualTo(KeyStatus.ACTIVE);
        assertThat(administration().get(host, key.id())).isEqualTo(on);
        assertThat(events(key))
                .extracting(recorded -> recorded.event().action())
                .containsExactly(KeyAction.CREATED, KeyAction.DEACTIVATED, KeyAction.ACTIVATED);
    }

    @Test
    void theFirstDeletionCounts() {
        ApiKey key = created().key();

        ApiKey deleted = administration().delete(host, key.id(), ANY);
        time.advance(Duration.ofHours(1));

        assertThat(administration().delete(host, key.id(), ANY)).isEqualTo(deleted);
        assertThat(deleted.deletedAt()).contains(NOW);
        assertThat(deleted.status()).isEqualTo(KeyStatus.INACTIVE);
        assertThat(administration().get(host, key.id())).isEqualTo(deleted);
        assertThat(events(key)).hasSize(2);
    }

    /** */
    @Test
    void aDeletedKeyStaysAsItIs() {
        ApiKey deleted = administration().delete(host, created().key().id(), ANY);
        KeyAdministration administration = administration();
        KeyError reason = new KeyError.KeyDeleted(NOW);
        time.advance(Duration.ofHours(-1));

        assertRefused(reason, () -> administration.update(host, deleted.id(), DESCRIBED, ANY));
        assertRefused(reason, () -> administration.update(host, deleted.id(), KeyUpdate.nothing(), ANY));
        assertRefused(reason, () -> administration.activate(host, deleted.id(), ANY));
        assertRefused(reason, () -> administration.deactivate(host, deleted.id(), ANY));

        assertThat(administration.get(host, deleted.id())).isEqualTo(deleted);
    }

    @Test
    void aPinMayGoBackUntilTheVeryInstantItsWindowCloses() {
        ApiKey key = created().key();
        administration().update(host, key.id(), pin(OLD), ANY);
        administration().update(host, key.id(), pin(NEW), ANY);
        Duration window = KeyPolicy.defaults().downgradeWindow();
        time.set(NOW.plus(window));

        ApiKey back = administration().update(host, key.id(), pin(OLD), ANY);

        assertThat(back.pin().current()).contains(OLD);
        assertThat(back.pin().trail()).isEmpty();
        assertThat(administration().get(host, key.id())).isEqualTo(back);
    }

    @Test
    void aPinMayNotGoBackAfterItsWindowHasClosed() {
        ApiKey key = created().key();
        administration().update(host, key.id(), pin(OLD), ANY);
        ApiKey pinned = administration().update(host, key.id(), pin(NEW), ANY);
        Duration window = KeyPolicy.defaults().downgradeWindow();
        time.set(NOW.plus(window).plusMillis(1));

        assertRefused(
                new KeyError.DowngradeWindowClosed(OLD, NOW.plus(window), List.of()),
                () -> administration(KeyPolicy.defaults().withDowngradeWindow(Duration.ofDays(365)))
                        .update(host, key.id(), pin(OLD), ANY));
        assertThat(administration().get(host, key.id())).isEqualTo(pinned);
    }

    @Test
    void aPinGoesBackOnlyWhereItWas() {
        ApiKey key = created().key();
        administration().update(host, key.id(), pin(NEW), ANY);

        assertRefused(
                new KeyError.VersionNeverPinned(OLD, List.of()),
                () -> administration().update(host, key.id(), pin(OLD), ANY));
    }

    @Test
    void aPinMustBeAReleasedVersion() {
        ApiKey key = created().key();
        ReleasedVersions released = ReleasedVersions.only(List.of(NEW));
        KeyAdministration administration = administration(KeyPolicy.defaults().withReleased(released));

        assertRefused(
                new KeyError.VersionNotReleased(OLD, released),
                () -> administration.update(host, key.id(), pin(OLD), ANY));
        assertThat(administration.update(host, key.id(), pin(NEW), ANY).pin().current())
                .contains(NEW);
    }

    /** */
    @Test
    void timeNeverRunsBackwardsForAKey() {
        ApiKey key = created().key();
        time.advance(Duration.ofHours(-1));

        ApiKey updated = administration().update(host, key.id(), DESCRIBED, ANY);
        ApiKey deleted = administration().delete(host, key.id(), ANY);

        assertThat(updated.updatedAt()).isEqualTo(NOW);
        assertThat(deleted.deletedAt()).contains(NOW);
    }
}
