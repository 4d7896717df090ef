package dev.keywright.testkit;

import dev.keywright.application.spi.KeyWriter;
import dev.keywright.domain.Actor;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyChange;
import dev.keywright.domain.KeyStatus;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Stores that keep numbers of keys beside the keys, and let them come apart in one way each. */
final class BrokenTotals {

    private BrokenTotals() {}

    /** Which number. */
    private record Number(CompanyId company, KeyStatus status) {}

    /** Work that counts along: at once, and without taking it back when the work fails. */
    private static class CountingWork extends ReferenceWork {

        final Map<Number, Long> numbers;

        CountingWork(Map<Number, Long> numbers, ReferenceState state) {
            super(state);
            this.numbers = numbers;
        }

        void add(CompanyId company, KeyStatus status, long change) {
            numbers.merge(new Number(company, status), change, Long::sum);
        }

        KeyStatus statusBefore(ApiKey after) {
            return super.find(after.company(), after.id()).map(ApiKey::status).orElse(after.status());
        }

        @Override
        public long count(CompanyId company, KeyStatus status) {
            return numbers.getOrDefault(new Number(company, status), 0L);
        }

        @Override
        public void insert(KeyChange created, Actor by) {
            super.insert(created, by);
            add(created.after().company(), created.after().status(), 1);
        }

        @Override
        public void replace(KeyChange change, Actor by) {
            ApiKey after = change.after();
            KeyStatus before = statusBefore(after);
            super.replace(change, by);
            add(after.company(), before, -1);
            add(after.company(), after.status(), 1);
        }
    }

    /** A store with numbers beside the keys. */
    private static ReferenceStore counting(BiFunction<Map<Number, Long>, ReferenceState, ReferenceWork> work) {
        Map<Number, Long> numbers = new ConcurrentHashMap<>();
        return new ReferenceStore(state -> work.apply(numbers, state));
    }

    static ReferenceStore withoutTheTransaction() {
        return counting(CountingWork::new);
    }

    /** Takes every replacement for a switch. */
    static ReferenceStore everyReplacement() {
        return counting((numbers, state) -> new CountingWork(numbers, state) {
            @Override
            KeyStatus statusBefore(ApiKey after) {
                return after.status() == KeyStatus.ACTIVE ? KeyStatus.INACTIVE : KeyStatus.ACTIVE;
            }
        });
    }

    /** Knows the status before a change only of keys that were found in the same work. */
    static ReferenceStore whatWasFound() {
        return counting((numbers, state) -> new CountingWork(numbers, state) {

            private final Set<ApiKeyId> found = new HashSet<>();

            @Override
            public Optional<ApiKey> find(CompanyId company, ApiKeyId id) {
                found.add(id);
                return super.find(company, id);
            }

            @Override
            KeyStatus statusBefore(ApiKey after) {
                return found.contains(after.id()) ? super.statusBefore(after) : after.status();
            }
        });
    }

    /** Counts all that one work does for the company that it began with. */
    static ReferenceStore forOneCompany() {
        return counting((numbers, state) -> new CountingWork(numbers, state) {

            private Optional<CompanyId> first = Optional.empty();

            @Override
            void add(CompanyId company, KeyStatus status, long change) {
                first = first.or(() -> Optional.of(company));
                super.add(first.orElseThrow(), status, change);
            }
        });
    }

    /** Has the right numbers, but only after the commit. */
    static final class AfterTheCommit extends ReferenceStore {

        private final Map<Number, Long> numbers;

        AfterTheCommit() {
            this(new ConcurrentHashMap<>());
        }

        private AfterTheCommit(Map<Number, Long> numbers) {
            super(state -> new CountingWork(numbers, state) {
                @Override
                void add(CompanyId company, KeyStatus status, long change) {}
            });
            this.numbers = numbers;
        }

        @Override
        public <R> R write(Function<? super KeyWriter, ? extends R> work) {
            R result = super.write(work);
            turn.lock();
            try {
                numbers.clear();
                state.rows
                        .values()
                        .forEach(key -> numbers.merge(new Number(key.company(), key.status()), 1L, Long::sum));
            } finally {
                turn.unlock();
            }
            return result;
        }
    }
}
