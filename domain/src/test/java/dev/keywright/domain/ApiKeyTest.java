package dev.keywright.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Contract sections 2 and 3: what happens to a key in its life. */
class ApiKeyTest {

    private static final Duration WINDOW = Duration.ofHours(72);
    private static final Instant LATER = Keys.CREATED.plusSeconds(60);
    private static final ApiVersion VERSION = ApiVersion.parse("2024-05-22");
    private static final KeyUpdate RENAME = KeyUpdate.nothing().withDescription(new Description("changed"));

    private final ApiKey key = Keys.plain();

    @Test
    void aNewKeyIsActiveAndCarriesWhatWasAskedFor() {
        Expiry expiry = Expiry.at(LATER);
        KeyChange created = Keys.created(KeyDraft.of(Keys.ALICE)
                .withAllowList(Keys.allowList("10.0.0.0/8"))
                .withDescription(new Description("for the till"))
                .withScopes(Keys.scopes("orders:read"))
                .withExpiry(expiry));
        ApiKey made = created.after();

        assertThat(made.company()).isEqualTo(Keys.ACME);
        assertThat(made.user()).isEqualTo(Keys.ALICE);
        assertThat(made.allowList()).hasToString("[10.0.0.0/8]");
        assertThat(made.description()).contains(new Description("for the till"));
        assertThat(made.scopes()).hasToString("orders:read");
        assertThat(made.expiry()).isEqualTo(expiry);
        assertThat(made.pin()).isEqualTo(VersionPin.unpinned());
        assertThat(made.status()).isEqualTo(KeyStatus.ACTIVE);
        assertThat(made.createdAt()).isEqualTo(Keys.CREATED).isEqualTo(made.updatedAt());
        assertThat(made.deletedAt()).isEmpty();
        assertThat(made.revision()).isEqualTo(1);
        assertThat(created.event()).isEqualTo(new KeyEvent(KeyAction.CREATED, Set.of(), Keys.CREATED));
    }

    @Test
    void aKeyShowsPrefixAndReferenceOfItsSecretOnly() {
        assertThat(key.redacted()).isEqualTo(Secrets.ofSeed(7).redacted());
    }

    @Test
    void aNewKeyCannotHaveExpired() {
        for (Instant past : new Instant[] {Keys.CREATED, Keys.CREATED.minusMillis(1)}) {
            assertRefused(
                    () -> Keys.of(KeyDraft.of(Keys.ALICE).withExpiry(Expiry.at(past))),
                    new KeyError.ExpiryNotInFuture(past));
        }
        assertThat(Keys.of(KeyDraft.of(Keys.ALICE).withExpiry(Expiry.at(Keys.CREATED.plusMillis(1)))))
                .isNotNull();
    }

    @Test
    void anUpdateChangesTheFieldsItNamesAndNoOther() {
        ApiKey full = Keys.of(KeyDraft.of(Keys.ALICE)
                .withAllowList(Keys.allowList("10.0.0.0/8"))
                .withDescription(new Description("before"))
                .withScopes(Keys.scopes("a")));

        KeyChange change = full.update(RENAME, LATER, WINDOW).orElseThrow();

        assertThat(change.after().description()).contains(new Description("changed"));
        assertThat(change.after().allowList()).isEqualTo(full.allowList());
        assertThat(change.after().scopes()).isEqualTo(full.scopes());
        assertThat(change.after().pin()).isEqualTo(full.pin());
        assertThat(change.event()).isEqualTo(new KeyEvent(KeyAction.UPDATED, Set.of(KeyField.DESCRIPTION), LATER));
    }

    @Test
    void anUpdateCanClearWhatMayBeMissing() {
        ApiKey full = Keys.of(KeyDraft.of(Keys.ALICE)
                .withAllowList(Keys.allowList("10.0.0.0/8"))
                .withDescription(new Description("before"))
                .withScopes(Keys.scopes("a"))
                .withExpiry(Expiry.at(LATER)));
        KeyUpdate clear = KeyUpdate.nothing()
                .withoutDescription()
                .withAllowList(IpAllowList.anywhere())
                .withScopes(Scopes.none())
                .withExpiry(Expiry.never());

        KeyChange change = full.update(clear, LATER, WINDOW).orElseThrow();

        assertThat(change.after().description()).isEmpty();
        assertThat(change.after().allowList().isUnrestricted()).isTrue();
        assertThat(change.after().scopes().isEmpty()).isTrue();
        assertThat(change.after().expiry()).isEqualTo(Expiry.never());
        assertThat(change.event().fields())
                .containsExactlyInAnyOrder(KeyField.DESCRIPTION, KeyField.ALLOW_LIST, KeyField.SCOPES, KeyField.EXPIRY);
    }

    @Test
    void anUpdateThatEchoesTheWholeKeyWritesNothing() {
        // contract section 5: a PUT that echoes the whole key must not reopen a window
        ApiKey pinned = key.update(
                        KeyUpdate.nothing()
                                .withApiVersion(VERSION)
                                .withDescription(new Description("x"))
                                .withAllowList(Keys.allowList("10.0.0.1/32", "10.0.0.1"))
                                .withExpiry(Expiry.at(LATER.plusSeconds(1))),
                        LATER,
                        WINDOW)
                .orElseThrow()
                .after();
        KeyUpdate echo = KeyUpdate.nothing()
                .withApiVersion(VERSION)
                .withDescription(new Description("x"))
                .withAllowList(Keys.allowList("10.0.0.1"))
                .withScopes(Scopes.none())
                .withExpiry(Expiry.at(LATER.plusSeconds(1)));

        assertThat(pinned.update(echo, LATER.plusSeconds(3600), WINDOW)).isEmpty();
        assertThat(pinned.update(KeyUpdate.nothing(), LATER.plusSeconds(3600), WINDOW))
                .isEmpty();
    }

    @Test
    void oneRefusedFieldRefusesTheWholeUpdate() {
        ApiKey pinned = key.update(KeyUpdate.nothing().withApiVersion(VERSION), LATER, WINDOW)
                .orElseThrow()
                .after();
        ApiVersion never = ApiVersion.parse("2020-01-01");

        assertThatThrownBy(() -> pinned.update(RENAME.withApiVersion(never), LATER, WINDOW))
                .isInstanceOf(KeyException.class);
        assertThatThrownBy(() -> pinned.update(RENAME.withExpiry(Expiry.at(LATER)), LATER, WINDOW))
                .isInstanceOf(KeyException.class);
        assertThat(pinned.description()).isEmpty();
        assertThat(pinned.revision()).isEqualTo(2);
    }

    @Test
    void anExpiryThatIsSetMustLieInTheFuture() {
        assertRefused(
                () -> key.update(KeyUpdate.nothing().withExpiry(Expiry.at(LATER)), LATER, WINDOW),
                new KeyError.ExpiryNotInFuture(LATER));
        assertThat(key.update(KeyUpdate.nothing().withExpiry(Expiry.at(LATER.plusMillis(1))), LATER, WINDOW))
                .isPresent();
    }

    @Test
    void anExpiredKeyCanStillBeChangedAndGivenANewEnd() {
        ApiKey expired = Keys.of(KeyDraft.of(Keys.ALICE).withExpiry(Expiry.at(Keys.CREATED.plusMillis(1))));

        assertThat(expired.update(RENAME, LATER, WINDOW)).isPresent();
        assertThat(expired.update(RENAME.withExpiry(expired.expiry()), LATER, WINDOW))
                .isPresent();
        assertThat(expired.update(KeyUpdate.nothing().withExpiry(Expiry.at(LATER.plusMillis(1))), LATER, WINDOW))
                .isPresent();
    }

    @Test
    void aKeySwitchedOffIsInactiveAndNotDeleted() {
        ApiKey off = key.deactivate(LATER).orElseThrow().after();

        assertThat(off.status()).isEqualTo(KeyStatus.INACTIVE);
        assertThat(off.deletedAt()).isEmpty();
        assertThat(off.deactivate(LATER)).isEmpty();
        ApiKey on = off.activate(LATER).orElseThrow().after();
        assertThat(on.status()).isEqualTo(KeyStatus.ACTIVE);
        assertThat(on.activate(LATER)).isEmpty();
        assertThat(on.revision()).isEqualTo(3);
    }

    @Test
    void aDeletedKeyIsInactiveAndTheFirstDeletionCounts() {
        KeyChange deleted = key.delete(LATER).orElseThrow();

        assertThat(deleted.after().status()).isEqualTo(KeyStatus.INACTIVE);
        assertThat(deleted.after().deletedAt()).contains(LATER);
        assertThat(deleted.after().updatedAt()).isEqualTo(LATER);
        assertThat(deleted.after().enabled()).isTrue();
        assertThat(deleted.event()).isEqualTo(new KeyEvent(KeyAction.DELETED, Set.of(), LATER));
        assertThat(deleted.after().delete(LATER.plusSeconds(1))).isEmpty();
    }

    @Test
    void aDeletedKeyNeverChangesAgain() {
        //
        ApiKey deleted = key.delete(LATER).orElseThrow().after();
        KeyError error = new KeyError.KeyDeleted(LATER);

        assertRefused(() -> deleted.update(RENAME, LATER, WINDOW), error);
        assertRefused(() -> deleted.update(KeyUpdate.nothing(), LATER, WINDOW), error);
        assertRefused(() -> deleted.activate(LATER), error);
        assertRefused(() -> deleted.deactivate(LATER), error);
        assertThat(new KeyException(error))
                .hasMessage("This key was deleted at 2026-03-01T12:01:00.500Z and cannot change any more");
    }

    @Test
    void aClockThatStepsBackCountsAsStandingStill() {
        //
        ApiKey changed = key.update(RENAME, LATER, WINDOW).orElseThrow().after();
        Instant before = Keys.CREATED.minusSeconds(3600);

        assertThat(changed.deactivate(before).orElseThrow().after().updatedAt()).isEqualTo(LATER);
        assertThat(changed.delete(before).orElseThrow().after().deletedAt()).contains(LATER);
        assertThat(changed.update(KeyUpdate.nothing().withApiVersion(VERSION), before, WINDOW)
                        .orElseThrow()
                        .after()
                        .pin()
                        .since())
                .contains(LATER);
        assertRefused(
                () -> changed.update(KeyUpdate.nothing().withExpiry(Expiry.at(LATER)), before, WINDOW),
                new KeyError.ExpiryNotInFuture(LATER));
    }

    @Test
    void instantsAreCutToTheMillisecondsThatAreShown() {
        // contract section 2: what is compared is what is shown
        Instant fine = LATER.plusNanos(999_999);

        ApiKey changed = key.update(RENAME.withApiVersion(VERSION), fine, WINDOW)
                .orElseThrow()
                .after();

        assertThat(changed.updatedAt()).isEqualTo(LATER);
        assertThat(changed.pin().since()).contains(LATER);
        assertThat(key.delete(fine).orElseThrow().after().deletedAt()).contains(LATER);
        assertThat(key.deactivate(fine).orElseThrow().event().at()).isEqualTo(LATER);
    }

    @Test
    void noKeyCanBeMadeThatNoLifeLeadsTo() {
        assertThatThrownBy(() -> with(key, Keys.CREATED, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> with(key, Keys.CREATED.minusMillis(1), 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(with(key, Keys.CREATED, 1)).isEqualTo(key);
    }

    @Test
    void anUpdateAndNothingElseNamesTheFieldsItChanged() {
        assertThatThrownBy(() -> new KeyEvent(KeyAction.UPDATED, Set.of(), LATER))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new KeyEvent(KeyAction.DELETED, Set.of(KeyField.SCOPES), LATER))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static ApiKey with(ApiKey key, Instant updatedAt, long revision) {
        return new ApiKey(
                key.id(),
                key.company(),
                key.user(),
                key.credential(),
                key.allowList(),
                key.description(),
                key.scopes(),
                key.pin(),
                key.expiry(),
                key.enabled(),
                updatedAt,
                Optional.empty(),
                revision,
                key.lastUse());
    }

    private static void assertRefused(ThrowingCallable act, KeyError error) {
        assertThatThrownBy(act)
                .hasMessage(error.message())
                .asInstanceOf(type(KeyException.class))
                .extracting(KeyException::error)
                .isEqualTo(error);
    }
}
