package dev.keywright.testkit;

import static dev.keywright.testkit.Samples.ACTOR;
import static dev.keywright.testkit.Samples.NOW;
import static dev.keywright.testkit.Samples.activated;
import static dev.keywright.testkit.Samples.created;
import static dev.keywright.testkit.Samples.deactivated;
import static dev.keywright.testkit.Samples.deleted;
import static dev.keywright.testkit.Samples.described;
import static dev.keywright.testkit.Samples.insert;
import static dev.keywright.testkit.Samples.replace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keywright.application.spi.RecordedEvent;
import dev.keywright.application.spi.WriteConflict;
import dev.keywright.domain.Actor;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyAction;
import dev.keywright.domain.KeyChange;
import dev.keywright.domain.KeyEvent;
import dev.keywright.domain.KeyField;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Every change stands beside the row it changed, with the one who asked for it: both are kept, or neither. */
public abstract class EventsContract extends KeyStoreContract {

    private final CompanyId company = Samples.company();

    private List<RecordedEvent> events(ApiKey key) {
        return keys().read(keys -> List.copyOf(keys.events(key.company(), key.id())));
    }

    @Test
    void anInsertRecordsTheBirth() {
        KeyChange birth = created(company);

        ApiKey key = insert(keys(), birth);

        assertThat(events(key)).singleElement().satisfies(recorded -> {
            assertThat(recorded.company()).isEqualTo(company);
            assertThat(recorded.key()).isEqualTo(key.id());
            assertThat(recorded.revision()).isEqualTo(1);
            assertThat(recorded.event()).isEqualTo(birth.event());
            assertThat(recorded.by()).isEqualTo(ACTOR);
        });
    }

    @Test
    void eventsAreToldOldestFirst() {
        KeyChange born = created(company);
        KeyChange off = deactivated(born.after());
        KeyChange on = activated(off.after());
        KeyChange described = described(on.after(), "again");
        KeyChange dead = deleted(described.after());
        insert(keys(), born);
        List.of(off, on, described, dead).forEach(change -> replace(keys(), change));

        List<RecordedEvent> events = events(born.after());

        assertThat(events)
                .extracting(RecordedEvent::event)
                .containsExactly(born.event(), off.event(), on.event(), described.event(), dead.event());
        assertThat(events).extracting(RecordedEvent::revision).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(events).extracting(RecordedEvent::sequence).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void theSequenceAscendsOverAllKeysOfTheStore() {
        ApiKey first = insert(keys(), company);
        ApiKey second = insert(keys(), Samples.company());
        ApiKey third = insert(keys(), company);
        replace(keys(), deactivated(first));

        assertThat(List.of(
                        events(first).get(0).sequence(),
                        events(second).get(0).sequence(),
                        events(third).get(0).sequence(),
                        events(first).get(1).sequence()))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void changesOfOneWriteAreRecordedInTheirOrder() {
        KeyChange born = created(company);
        KeyChange off = deactivated(born.after());
        KeyChange dead = deleted(off.after());

        keys().write(keys -> {
            keys.insert(born, ACTOR);
            keys.replace(off, ACTOR);
            keys.replace(dead, ACTOR);
            return dead;
        });

        assertThat(events(born.after()))
                .extracting(recorded -> recorded.event().action())
                .containsExactly(KeyAction.CREATED, KeyAction.DEACTIVATED, KeyAction.DELETED);
    }

    @Provide
    Arbitrary<Set<KeyField>> changedFields() {
        return Arbitraries.of(KeyField.class).set().ofMinSize(1);
    }

    @Provide
    Arbitrary<Actor> anyActor() {
        return ValueArbitraries.actors();
    }

    @Provide
    Arbitrary<Instant> anyInstant() {
        return ValueArbitraries.instants();
    }

    @Property(tries = 60)
    void everyEventIsToldAsItWasRecorded(
            @ForAll("changedFields") Set<KeyField> fields,
            @ForAll("anyActor") Actor actor,
            @ForAll("anyInstant") Instant at,
            @ForAll KeyAction action) {
        ApiKey key = insert(keys(), company);
        KeyEvent event = new KeyEvent(action, action == KeyAction.UPDATED ? fields : Set.of(), at);

        keys().write(keys -> {
            keys.replace(new KeyChange(deactivated(key).after(), event), actor);
            return key;
        });

        assertThat(events(key)).last().satisfies(recorded -> {
            assertThat(recorded.event()).isEqualTo(event);
            assertThat(recorded.by()).isEqualTo(actor);
            assertThat(recorded.revision()).isEqualTo(2);
        });
    }

    /** */
    @Test
    void aChangeThatIsNotKeptIsNotRecorded() {
        ApiKey key = insert(keys(), company);

        assertThatThrownBy(() -> keys().write(keys -> {
                    keys.replace(deactivated(key), ACTOR);
                    throw new UnsupportedOperationException("on purpose");
                }))
                .isInstanceOf(UnsupportedOperationException.class);

        assertThat(events(key)).hasSize(1);
    }

    @Test
    void aChangeThatMeetsAConflictIsNotRecorded() {
        ApiKey key = insert(keys(), company);
        replace(keys(), deactivated(key));

        assertThatThrownBy(() -> replace(keys(), deleted(key))).isInstanceOf(WriteConflict.class);

        assertThat(events(key)).hasSize(2);
    }

    @Test
    void aKeyThatNobodyHasHasNoEvents() {
        assertThat(events(created(company, Samples.id(NOW)).after())).isEmpty();
    }
}
