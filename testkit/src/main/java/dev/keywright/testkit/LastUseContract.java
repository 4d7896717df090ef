package dev.keywright.testkit;

import static dev.keywright.testkit.Samples.NOW;
import static dev.keywright.testkit.Samples.created;
import static dev.keywright.testkit.Samples.deactivated;
import static dev.keywright.testkit.Samples.deleted;
import static dev.keywright.testkit.Samples.described;
import static dev.keywright.testkit.Samples.insert;
import static dev.keywright.testkit.Samples.replace;
import static dev.keywright.testkit.Samples.stored;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.application.spi.NotedUse;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.IpAddress;
import dev.keywright.domain.KeyChange;
import dev.keywright.domain.KeyStatus;
import dev.keywright.domain.KeyUse;
import dev.keywright.domain.VerifiableKey;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;

/** When and from where a key was used last stands beside it: the latest use counts, and a note of it changes nothing else. */
public abstract class LastUseContract extends KeyStoreContract {

    private static final KeyUse FIRST = use(NOW, "192.0.2.7");
    private static final KeyUse LATER = use(NOW.plusMillis(1), "2001:db8::7");

    private final CompanyId company = Samples.company();

    private static KeyUse use(Instant at, String from) {
        return new KeyUse(at, Optional.of(IpAddress.parse(from)));
    }

    private static NotedUse of(ApiKey key, KeyUse use) {
        return new NotedUse(key.company(), key.id(), use);
    }

    private void note(Collection<NotedUse> uses) {
        keys().write(keys -> {
            keys.noteUses(uses);
            return uses;
        });
    }

    private void note(ApiKey key, KeyUse use) {
        note(List.of(of(key, use)));
    }

    /** The key is as it was, and this is what is noted beside it, whichever way it is read. */
    private void assertNoted(ApiKey key, Optional<KeyUse> noted) {
        ApiKey expected = key.withLastUse(noted);
        assertThat(stored(keys(), key)).contains(expected);
        keys().read(keys -> {
            assertThat(keys.older(key.company(), key.status(), key.id().next(), 0, 1))
                    .containsExactly(expected);
            assertThat(keys.newer(key.company(), key.status(), key.id().previous(), 1))
                    .containsExactly(expected);
            return keys;
        });
    }

    @Test
    void aNewKeyWasNeverUsed() {
        KeyChange birth = created(company);

        insert(keys(), birth);
        ApiKey claimed =
                insert(keys(), new KeyChange(created(company).after().withLastUse(Optional.of(FIRST)), birth.event()));

        assertNoted(birth.after(), Optional.empty());
        assertNoted(claimed, Optional.empty());
    }

    @Test
    void aUseIsNotedBesideTheKeyAndChangesNothingOfIt() {
        ApiKey key = insert(keys(), company);
        ApiKey other = insert(keys(), company);

        note(key, FIRST);

        assertNoted(key, Optional.of(FIRST));
        assertNoted(other, Optional.empty());
        keys().read(keys -> {
            assertThat(keys.events(company, key.id())).hasSize(1);
            assertThat(keys.count(company, KeyStatus.ACTIVE)).isEqualTo(2);
            assertThat(keys.newest(company)).isNotEmpty();
            return keys;
        });
        assertThat(keys().lookUp(key.credential().reference())).contains(VerifiableKey.of(key));
    }

    @Test
    void theLatestUseCounts() {
        ApiKey key = insert(keys(), company);

        note(key, FIRST);
        note(key, use(NOW.minusMillis(1), "198.51.100.1"));
        assertNoted(key, Optional.of(FIRST));
        note(key, use(NOW, "198.51.100.1"));
        assertNoted(key, Optional.of(FIRST));
        note(key, LATER);
        assertNoted(key, Optional.of(LATER));
        note(key, FIRST);
        assertNoted(key, Optional.of(LATER));
    }

    @Test
    void theLatestOfOneNotingCountsInWhateverOrder() {
        ApiKey key = insert(keys(), company);
        ApiKey other = insert(keys(), company);

        note(List.of(of(key, FIRST), of(other, LATER), of(key, LATER), of(other, FIRST), of(key, FIRST)));

        assertNoted(key, Optional.of(LATER));
        assertNoted(other, Optional.of(LATER));
    }

    /** An address is that of the latest use: none, if that came from nowhere known. */
    @Test
    void theAddressMayBeAnyOrUnknown() {
        ApiKey key = insert(keys(), company);
        Instant at = NOW;

        for (String address : List.of(
                "0.0.0.0",
                "255.255.255.255",
                "::",
                "2001:db8:1:2:3:4:5:6",
                "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")) {
            at = at.plusMillis(1);
            note(key, use(at, address));
            assertNoted(key, Optional.of(use(at, address)));
        }

        KeyUse fromNowhere = new KeyUse(at.plusMillis(1), Optional.empty());
        note(key, fromNowhere);
        assertNoted(key, Optional.of(fromNowhere));
    }

    @Test
    void theInstantIsKeptToTheMillisecondInEveryTimeZoneOfTheMachine() {
        TimeZone before = TimeZone.getDefault();
        try {
            for (String zone : List.of("UTC", "Europe/Berlin", "Pacific/Apia")) {
                TimeZone.setDefault(TimeZone.getTimeZone(zone));
                for (Instant instant : CriticalInstants.all()) {
                    ApiKey key = insert(keys(), company);
                    note(key, use(instant, "192.0.2.7"));
                    assertNoted(key, Optional.of(use(instant, "192.0.2.7")));
                }
            }
        } finally {
            TimeZone.setDefault(before);
        }
    }

    /** */
    @Test
    void whatDoesNotExistIsPassedOver() {
        ApiKey key = insert(keys(), company);
        ApiKey never = created(company).after();
        CompanyId stranger = Samples.company();
        ApiKey own = insert(keys(), stranger);

        note(List.of(
                of(never, FIRST),
                new NotedUse(stranger, key.id(), FIRST),
                new NotedUse(company, own.id(), FIRST),
                of(own, LATER)));
        note(List.of());

        assertNoted(key, Optional.empty());
        assertNoted(own, Optional.of(LATER));
        assertThat(stored(keys(), never)).isEmpty();
        assertThat(keys().<Boolean>read(keys -> keys.find(stranger, key.id()).isPresent()))
                .isFalse();
    }

    /** A use may be written long after it happened. */
    @Test
    void keysThatAreOffOrDeletedKeepTheirNoteAndTakeALaterOne() {
        ApiKey off = insert(keys(), company);
        ApiKey gone = insert(keys(), company);
        note(List.of(of(off, FIRST), of(gone, FIRST)));

        off = replace(keys(), deactivated(off));
        gone = replace(keys(), deleted(gone));
        assertNoted(off, Optional.of(FIRST));
        assertNoted(gone, Optional.of(FIRST));

        note(List.of(of(off, LATER), of(gone, LATER)));
        assertNoted(off, Optional.of(LATER));
        assertNoted(gone, Optional.of(LATER));
    }

    /** Whoever changes a key read it before, and cannot know what was noted since. */
    @Test
    void aChangeKeepsTheNoteWhateverItsStateSays() {
        ApiKey key = insert(keys(), company);
        note(key, FIRST);

        ApiKey one = replace(keys(), described(key, "read before the use was noted"));
        assertNoted(one, Optional.of(FIRST));
        ApiKey two = replace(keys(), described(one.withLastUse(Optional.of(LATER)), "says something else"));
        assertNoted(two, Optional.of(FIRST));
        note(two, LATER);
        ApiKey three = replace(keys(), described(two.withLastUse(Optional.of(FIRST)), "says what was before"));
        assertNoted(three, Optional.of(LATER));
        assertThat(keys().<Integer>read(keys -> keys.events(company, key.id()).size()))
                .isEqualTo(4);
    }
}
