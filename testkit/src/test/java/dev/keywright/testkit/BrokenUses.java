package dev.keywright.testkit;

import dev.keywright.application.spi.KeyWriter;
import dev.keywright.application.spi.NotedUse;
import dev.keywright.application.spi.RecordedEvent;
import dev.keywright.application.spi.WriteConflict;
import dev.keywright.domain.Actor;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyAction;
import dev.keywright.domain.KeyChange;
import dev.keywright.domain.KeyEvent;
import dev.keywright.domain.KeyUse;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Exchanger;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** Stores and writers that break what is promised about noted uses, one promise each. */
final class BrokenUses {

    private BrokenUses() {}

    static final class TakesTheLastThatIsNoted extends ReferenceWork {
        TakesTheLastThatIsNoted(ReferenceState state) {
            super(state);
        }

        @Override
        boolean isLater(KeyUse use, ApiKey key) {
            return true;
        }
    }

    static final class KeepsTheFirstThatIsNoted extends ReferenceWork {
        KeepsTheFirstThatIsNoted(ReferenceState state) {
            super(state);
        }

        @Override
        boolean isLater(KeyUse use, ApiKey key) {
            return key.lastUse().isEmpty();
        }
    }

    static final class NotesNothingOfDeletedKeys extends ReferenceWork {
        NotesNothingOfDeletedKeys(ReferenceState state) {
            super(state);
        }

        @Override
        boolean isLater(KeyUse use, ApiKey key) {
            return key.deletedAt().isEmpty() && super.isLater(use, key);
        }
    }

    /** Writes the whole key at a change, the note with it. */
    static final class NotesWhatAStateSays extends ReferenceWork {
        NotesWhatAStateSays(ReferenceState state) {
            super(state);
        }

        @Override
        void put(KeyChange change, Optional<KeyUse> lastUse, Actor by) {
            super.put(change, change.after().lastUse(), by);
        }
    }

    static final class CountsANoteAsAChange extends ReferenceWork {
        CountsANoteAsAChange(ReferenceState state) {
            super(state);
        }

        @Override
        public void noteUses(Collection<NotedUse> uses) {
            super.noteUses(uses);
            for (NotedUse noted : uses) {
                find(noted.company(), noted.key())
                        .ifPresent(key -> record(new RecordedEvent(
                                state().events.size(),
                                key.company(),
                                key.id(),
                                key.revision(),
                                new KeyEvent(
                                        KeyAction.ACTIVATED,
                                        Set.of(),
                                        noted.use().at()),
                                Samples.ACTOR)));
            }
        }
    }

    static final class KeepsAnEarlierAddress extends ReferenceWork {
        KeepsAnEarlierAddress(ReferenceState state) {
            super(state);
        }

        @Override
        public void noteUses(Collection<NotedUse> uses) {
            super.noteUses(uses.stream().map(this::addressed).toList());
        }

        private NotedUse addressed(NotedUse noted) {
            KeyUse use = noted.use();
            return new NotedUse(
                    noted.company(),
                    noted.key(),
                    new KeyUse(
                            use.at(),
                            use.from()
                                    .or(() -> find(noted.company(), noted.key())
                                            .flatMap(ApiKey::lastUse)
                                            .flatMap(KeyUse::from))));
        }
    }

    static final class CutsUsesToSeconds extends ReferenceWork {
        CutsUsesToSeconds(ReferenceState state) {
            super(state);
        }

        @Override
        public void noteUses(Collection<NotedUse> uses) {
            super.noteUses(uses.stream()
                    .map(noted -> new NotedUse(
                            noted.company(),
                            noted.key(),
                            new KeyUse(
                                    noted.use().at().truncatedTo(ChronoUnit.SECONDS),
                                    noted.use().from())))
                    .toList());
        }
    }

    static final class NotesForeignKeys extends ReferenceWork {
        NotesForeignKeys(ReferenceState state) {
            super(state);
        }

        @Override
        public void noteUses(Collection<NotedUse> uses) {
            state();
            for (NotedUse noted : uses) {
                state().rows
                        .computeIfPresent(
                                noted.key(),
                                (id, key) ->
                                        isLater(noted.use(), key) ? key.withLastUse(Optional.of(noted.use())) : key);
            }
        }
    }

    static final class StumblesOverMissingKeys extends ReferenceWork {
        StumblesOverMissingKeys(ReferenceState state) {
            super(state);
        }

        @Override
        public void noteUses(Collection<NotedUse> uses) {
            super.noteUses(uses);
            if (uses.stream()
                    .anyMatch(noted -> find(noted.company(), noted.key()).isEmpty())) {
                throw conflict("missing");
            }
        }
    }

    static final class NotesAFewAtOnce extends ReferenceWork {
        NotesAFewAtOnce(ReferenceState state) {
            super(state);
        }

        @Override
        public void noteUses(Collection<NotedUse> uses) {
            super.noteUses(uses.stream().limit(500).toList());
        }
    }

    /** Notes beside the unit of work, so that its end does not matter. */
    static final class NotesAtOnce extends ReferenceStore {

        private NotesAtOnce(Map<ApiKeyId, KeyUse> noted) {
            super(state -> new ReferenceWork(state) {
                @Override
                public void noteUses(Collection<NotedUse> uses) {
                    state();
                    uses.forEach(use -> noted.put(use.key(), use.use()));
                }

                @Override
                public Optional<ApiKey> find(CompanyId company, ApiKeyId id) {
                    return super.find(company, id)
                            .map(key -> key.withLastUse(Optional.ofNullable(noted.get(key.id()))));
                }
            });
        }

        NotesAtOnce() {
            this(new ConcurrentHashMap<>());
        }
    }

    /** Holds the keys of one noting in the order in which they came, each until all are noted. */
    static final class HoldsKeysInAnyOrder extends ReferenceStore {

        private final Map<ApiKeyId, ReentrantLock> held = new ConcurrentHashMap<>();
        private final Exchanger<Object> meeting = new Exchanger<>();

        @Override
        public <R> R write(Function<? super KeyWriter, ? extends R> work) {
            Deque<ReentrantLock> mine = new ArrayDeque<>();
            try {
                for (ApiKeyId key : keysNotedBy(work)) {
                    ReentrantLock lock = held.computeIfAbsent(key, any -> new ReentrantLock());
                    take(lock);
                    mine.push(lock);
                    if (mine.size() == 1) {
                        waitForAnother();
                    }
                }
                return super.write(work);
            } finally {
                mine.forEach(ReentrantLock::unlock);
            }
        }

        /** Runs the work once for nothing. */
        private Set<ApiKeyId> keysNotedBy(Function<? super KeyWriter, ?> work) {
            Set<ApiKeyId> keys = new LinkedHashSet<>();
            work.apply(new ReferenceWork(state.copy()) {
                @Override
                public void noteUses(Collection<NotedUse> uses) {
                    uses.forEach(use -> keys.add(use.key()));
                }
            });
            return keys;
        }

        /** Makes sure that those who note at the same time do meet, each with one key in hand. */
        private void waitForAnother() {
            try {
                meeting.exchange(held, 50, TimeUnit.MILLISECONDS);
            } catch (TimeoutException alone) {
                Thread.onSpinWait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private static void take(ReentrantLock lock) {
            try {
                if (!lock.tryLock(50, TimeUnit.MILLISECONDS)) {
                    throw new WriteConflict("waited too long");
                }
            } catch (InterruptedException e) {
                throw new WriteConflict("interrupted");
            }
        }
    }
}
