package dev.keywright.testkit;

import static dev.keywright.testkit.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.application.KeyUses;
import dev.keywright.application.KeyVerification;
import dev.keywright.application.Precondition;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.Description;
import dev.keywright.domain.Expiry;
import dev.keywright.domain.IpAddress;
import dev.keywright.domain.IpAllowList;
import dev.keywright.domain.IpRange;
import dev.keywright.domain.KeyDraft;
import dev.keywright.domain.KeySecret;
import dev.keywright.domain.KeyUpdate;
import dev.keywright.domain.KeyUse;
import dev.keywright.domain.Scope;
import dev.keywright.domain.Scopes;
import dev.keywright.domain.SecretDigester;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What verifications leave behind: when and from where a key was used last, as far as it was noted and written. */
public abstract class KeyUsesContract extends UseCaseContract {

    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final Precondition ANY = Precondition.none();
    private static final Optional<IpAddress> NOWHERE = Optional.empty();
    private static final Optional<IpAddress> HOME = Optional.of(IpAddress.parse("192.0.2.7"));
    private static final Optional<IpAddress> AWAY = Optional.of(IpAddress.parse("2001:db8::7"));

    /** A key, and the secret that only its holder has. */
    private record Held(ApiKey key, KeySecret secret) {}

    private Held held(KeyDraft draft) {
        var created = administration().create(host, draft);
        return new Held(created.key(), created.secret().orElseThrow());
    }

    private KeyUses uses() {
        return KeyUses.notedIn(keys(), time, INTERVAL, 100);
    }

    /** Moves the time; uses know of it from a flush. */
    private void set(Instant now, KeyUses... uses) {
        time.set(now);
        List.of(uses).forEach(KeyUses::flush);
    }

    private boolean isGranted(KeyUses uses, Held held, Optional<IpAddress> from) {
        return new KeyVerification(keys(), time, SecretDigester.sha256(), uses)
                .verify(held.secret().reveal(), from, Scopes.none())
                .isGranted();
    }

    private Optional<KeyUse> lastUse(Held held) {
        return administration().get(host, held.key().id()).lastUse();
    }

    @Test
    void aGrantIsNotedAndSeenOnceItIsFlushed() {
        KeyUses uses = uses();
        Held used = held(Samples.draft());
        Held unused = held(Samples.draft());

        assertThat(isGranted(uses, used, HOME)).isTrue();
        assertThat(lastUse(used)).isEmpty();
        uses.flush();

        assertThat(lastUse(used)).contains(new KeyUse(NOW, HOME));
        assertThat(lastUse(unused)).isEmpty();
    }

    @Test
    void anAddressThatIsNotKnownIsNotNoted() {
        KeyUses uses = uses();
        Held used = held(Samples.draft());

        isGranted(uses, used, NOWHERE);
        uses.flush();

        assertThat(lastUse(used)).contains(new KeyUse(NOW, NOWHERE));
    }

    /** To be refused is no use: a key that nobody can use looks unused, whoever tries. */
    @Test
    void aDenialIsNoUse() {
        KeyUses uses = uses();
        KeyVerification verification = new KeyVerification(keys(), time, SecretDigester.sha256(), uses);
        IpAllowList onlyHome = IpAllowList.of(List.of(IpRange.parse("192.0.2.0/24")));
        Held bound = held(Samples.draft().withAllowList(onlyHome));
        Held ended = held(Samples.draft().withExpiry(Expiry.at(NOW.plusMillis(1))));
        Held off = held(Samples.draft());
        administration().deactivate(host, off.key().id(), ANY);
        Held gone = held(Samples.draft());
        administration().delete(host, gone.key().id(), ANY);
        Held plain = held(Samples.draft());
        time.set(NOW.plusMillis(1));

        assertThat(isGranted(uses, bound, NOWHERE)).isFalse();
        assertThat(isGranted(uses, bound, AWAY)).isFalse();
        assertThat(isGranted(uses, ended, HOME)).isFalse();
        assertThat(isGranted(uses, off, HOME)).isFalse();
        assertThat(isGranted(uses, gone, HOME)).isFalse();
        String secret = plain.secret().reveal();
        assertThat(verification.verify(secret, HOME, Scopes.of(Scope.KEYS_READ)).isGranted())
                .isFalse();
        assertThat(verification
                        .verify(Samples.company(), secret, HOME, Scopes.none())
                        .isGranted())
                .isFalse();
        assertThat(verification
                        .verify(Samples.secret().reveal(), HOME, Scopes.none())
                        .isGranted())
                .isFalse();
        uses.flush();

        assertThat(List.of(bound, ended, off, gone, plain))
                .allSatisfy(held -> assertThat(lastUse(held)).isEmpty());
    }

    @Test
    void ofEachKeyOneUsePerIntervalIsNoted() {
        KeyUses uses = uses();
        Held one = held(Samples.draft());
        Held other = held(Samples.draft());
        isGranted(uses, one, HOME);

        set(NOW.plus(INTERVAL.dividedBy(2)), uses);
        isGranted(uses, one, AWAY);
        isGranted(uses, other, AWAY);
        uses.flush();
        assertThat(lastUse(one)).contains(new KeyUse(NOW, HOME));
        assertThat(lastUse(other)).contains(new KeyUse(time.instant(), AWAY));

        set(NOW.plus(INTERVAL), uses);
        isGranted(uses, one, AWAY);
        isGranted(uses, other, HOME);
        uses.flush();
        assertThat(lastUse(one)).contains(new KeyUse(NOW.plus(INTERVAL), AWAY));
        assertThat(lastUse(other)).contains(new KeyUse(NOW.plus(INTERVAL.dividedBy(2)), AWAY));
    }

    /** However long nothing was written, the use that is written is the last that was noted. Time passes with other keys, too. */
    @Test
    void theLatestUseIsWritten() {
        KeyUses uses = uses();
        Held used = held(Samples.draft());

        for (int minute = 0; minute < 5; minute++) {
            time.set(NOW.plus(INTERVAL.multipliedBy(minute)));
            isGranted(uses, held(Samples.draft()), HOME);
            isGranted(uses, used, minute == 4 ? AWAY : HOME);
        }
        uses.flush();
        assertThat(lastUse(used)).contains(new KeyUse(NOW.plus(INTERVAL.multipliedBy(4)), AWAY));
        uses.flush();
        assertThat(lastUse(used)).contains(new KeyUse(NOW.plus(INTERVAL.multipliedBy(4)), AWAY));
    }

    @Test
    void aUseIsNoChangeOfTheKey() {
        KeyUses uses = uses();
        Held used = held(Samples.draft());

        time.advance(INTERVAL);
        isGranted(uses, used, HOME);
        uses.flush();

        ApiKey now = administration().get(host, used.key().id());
        assertThat(now.withLastUse(Optional.empty())).isEqualTo(used.key());
        assertThat(events(now)).hasSize(1);
        assertThat(administration()
                        .update(
                                host,
                                now.id(),
                                KeyUpdate.nothing().withDescription(new Description("still at revision 1")),
                                Precondition.revisionIn(Set.of(1L)))
                        .lastUse())
                .contains(new KeyUse(NOW.plus(INTERVAL), HOME));
    }

    /** What is noted may be written when the key has ended already. */
    @Test
    void aUseIsWrittenAlsoAfterTheKeyWasDeleted() {
        KeyUses uses = uses();
        Held used = held(Samples.draft());

        isGranted(uses, used, HOME);
        administration().delete(host, used.key().id(), ANY);
        uses.flush();

        assertThat(lastUse(used)).contains(new KeyUse(NOW, HOME));
    }

    /** Two nodes, each with notes of its own: the later use counts, whoever writes last. */
    @Test
    void ofTwoNodesTheLaterUseCounts() {
        KeyUses one = uses();
        KeyUses other = uses();
        Held used = held(Samples.draft());

        isGranted(one, used, HOME);
        time.advance(Duration.ofMillis(1));
        isGranted(other, used, AWAY);
        other.flush();
        one.flush();

        assertThat(lastUse(used)).contains(new KeyUse(NOW.plusMillis(1), AWAY));
    }

    /** a clock that is set back makes no later use unnoted for good. */
    @Test
    void aClockThatStepsBackTakesNoNoteAway() {
        KeyUses uses = uses();
        Held used = held(Samples.draft());
        isGranted(uses, used, HOME);
        uses.flush();

        set(NOW.minusSeconds(3600), uses);
        assertThat(isGranted(uses, used, AWAY)).isTrue();
        uses.flush();
        assertThat(lastUse(used)).contains(new KeyUse(NOW, HOME));

        set(NOW.plus(INTERVAL), uses);
        isGranted(uses, used, AWAY);
        uses.flush();
        assertThat(lastUse(used)).contains(new KeyUse(NOW.plus(INTERVAL), AWAY));
    }

    @Test
    void usesAmongFlushesAndChangesAreAllNoted() {
        KeyUses uses = uses();
        List<Held> many =
                IntStream.range(0, 8).mapToObj(at -> held(Samples.draft())).toList();
        AtomicInteger verifying = new AtomicInteger(2);

        Parallel.run(4, thread -> {
            if (thread < 2) {
                for (int round = 0; round < 50; round++) {
                    time.advance(INTERVAL.dividedBy(4));
                    many.forEach(held -> assertThat(isGranted(uses, held, HOME)).isTrue());
                }
                verifying.decrementAndGet();
            }
            for (int round = 0; thread == 2 && verifying.get() > 0; round++) {
                KeyUpdate update = KeyUpdate.nothing().withDescription(new Description("round " + round));
                administration().update(host, many.get(round % 8).key().id(), update, ANY);
            }
            while (thread == 3 && verifying.get() > 0) {
                uses.flush();
            }
            return thread;
        });
        uses.flush();
        many.forEach(held -> isGranted(uses, held, HOME));
        uses.flush();

        assertThat(many)
                .allSatisfy(held -> assertThat(lastUse(held))
                        .hasValueSatisfying(use -> assertThat(Duration.between(use.at(), time.instant()))
                                .isLessThanOrEqualTo(INTERVAL)));
    }
}
