package dev.keywright.testkit;

import dev.keywright.application.spi.IdempotencyToken;
import dev.keywright.application.spi.RecordedCreate;
import dev.keywright.application.spi.RecordedEvent;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyStatus;
import dev.keywright.testkit.ReferenceState.Sender;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Readers and writers that break one promise each. */
final class BrokenWork {

    private BrokenWork() {}

    static final class ReplacesWhatIsStale extends ReferenceWork {
        ReplacesWhatIsStale(ReferenceState state) {
            super(state);
        }

        @Override
        boolean follows(ApiKey before, ApiKey after) {
            return true;
        }
    }

    static final class OverwritesKeys extends ReferenceWork {
        OverwritesKeys(ReferenceState state) {
            super(state);
        }

        @Override
        boolean isTaken(ApiKey key) {
            return referredTo(key.credential().reference()).isPresent();
        }
    }

    static final class TakesReferencesTwice extends ReferenceWork {
        TakesReferencesTwice(ReferenceState state) {
            super(state);
        }

        @Override
        boolean isTaken(ApiKey key) {
            return state().rows.containsKey(key.id());
        }
    }

    static final class TakesReferencesOncePerCompany extends ReferenceWork {
        TakesReferencesOncePerCompany(ReferenceState state) {
            super(state);
        }

        @Override
        boolean isTaken(ApiKey key) {
            return state().rows.containsKey(key.id())
                    || keysOf(key.company())
                            .anyMatch(other -> other.credential()
                                    .reference()
                                    .equals(key.credential().reference()));
        }
    }

    static final class IgnoresCaseOfCompanies extends ReferenceWork {
        IgnoresCaseOfCompanies(ReferenceState state) {
            super(state);
        }

        @Override
        Stream<ApiKey> keysOf(CompanyId company) {
            return state().rows.values().stream()
                    .filter(key -> key.company().value().equalsIgnoreCase(company.value()));
        }
    }

    static final class ForgetsEventsOfChanges extends ReferenceWork {
        ForgetsEventsOfChanges(ReferenceState state) {
            super(state);
        }

        @Override
        void record(RecordedEvent event) {
            if (event.revision() == 1) {
                super.record(event);
            }
        }
    }

    static final class TellsEventsNewestFirst extends ReferenceWork {
        TellsEventsNewestFirst(ReferenceState state) {
            super(state);
        }

        @Override
        public List<RecordedEvent> events(CompanyId company, ApiKeyId id) {
            List<RecordedEvent> events = new ArrayList<>(super.events(company, id));
            Collections.reverse(events);
            return events;
        }
    }

    static final class OrdersIdsAsSignedNumbers extends ReferenceWork {

        private static final Comparator<ApiKey> SIGNED = Comparator.comparingLong(
                        (ApiKey key) -> key.id().high())
                .thenComparingLong(key -> key.id().low());

        OrdersIdsAsSignedNumbers(ReferenceState state) {
            super(state);
        }

        @Override
        public List<ApiKey> older(CompanyId company, KeyStatus status, ApiKeyId before, long skip, int limit) {
            return super.older(company, status, before, 0, Integer.MAX_VALUE).stream()
                    .sorted(SIGNED.reversed())
                    .skip(skip)
                    .limit(limit)
                    .toList();
        }
    }

    static final class IncludesThePosition extends ReferenceWork {
        IncludesThePosition(ReferenceState state) {
            super(state);
        }

        @Override
        public List<ApiKey> newer(CompanyId company, KeyStatus status, ApiKeyId after, int limit) {
            return super.newer(company, status, after.previous(), limit);
        }
    }

    /** Sorts by the wrong end before it cuts. */
    static final class TakesTheFarthest extends ReferenceWork {
        TakesTheFarthest(ReferenceState state) {
            super(state);
        }

        @Override
        public List<ApiKey> newer(CompanyId company, KeyStatus status, ApiKeyId after, int limit) {
            List<ApiKey> all = super.newer(company, status, after, Integer.MAX_VALUE);
            return all.subList(Math.max(0, all.size() - limit), all.size());
        }
    }

    /** Begins at the start where no key has the id of the position, as cursors that are looked up do. */
    static final class LosesThePlaceOfMissingKeys extends ReferenceWork {
        LosesThePlaceOfMissingKeys(ReferenceState state) {
            super(state);
        }

        @Override
        public List<ApiKey> older(CompanyId company, KeyStatus status, ApiKeyId before, long skip, int limit) {
            boolean known = keysOf(company, status).anyMatch(key -> key.id().equals(before));
            return super.older(company, status, known ? before : ApiKeyId.NEWEST, skip, limit);
        }
    }

    static final class SkipsByInt extends ReferenceWork {
        SkipsByInt(ReferenceState state) {
            super(state);
        }

        @Override
        public List<ApiKey> older(CompanyId company, KeyStatus status, ApiKeyId before, long skip, int limit) {
            return super.older(company, status, before, Math.max(0, (int) skip), limit);
        }
    }

    static final class CountsEveryStatus extends ReferenceWork {
        CountsEveryStatus(ReferenceState state) {
            super(state);
        }

        @Override
        public long count(CompanyId company, KeyStatus status) {
            return keysOf(company).count();
        }
    }

    static final class TakesTheNewestOfTheActive extends ReferenceWork {
        TakesTheNewestOfTheActive(ReferenceState state) {
            super(state);
        }

        @Override
        public Optional<ApiKeyId> newest(CompanyId company) {
            return keysOf(company, KeyStatus.ACTIVE).map(ApiKey::id).max(Comparator.naturalOrder());
        }
    }

    static final class FindsForeignKeys extends ReferenceWork {
        FindsForeignKeys(ReferenceState state) {
            super(state);
        }

        @Override
        public Optional<ApiKey> find(CompanyId company, ApiKeyId id) {
            return Optional.ofNullable(state().rows.get(id));
        }
    }

    static final class TellsForeignEvents extends ReferenceWork {
        TellsForeignEvents(ReferenceState state) {
            super(state);
        }

        @Override
        public List<RecordedEvent> events(CompanyId company, ApiKeyId id) {
            return state().events.stream()
                    .filter(event -> event.key().equals(id))
                    .toList();
        }
    }

    static final class TellsForeignNewest extends ReferenceWork {
        TellsForeignNewest(ReferenceState state) {
            super(state);
        }

        @Override
        public Optional<ApiKeyId> newest(CompanyId company) {
            return state().rows.keySet().stream().max(Comparator.naturalOrder());
        }
    }

    static final class RemembersForEver extends ReferenceWork {
        RemembersForEver(ReferenceState state) {
            super(state);
        }

        @Override
        public void remember(
                CompanyId company, IdempotencyToken token, RecordedCreate create, Instant forgottenBefore) {
            super.remember(company, token, create, Instant.EPOCH);
        }
    }

    static final class RemembersTheLast extends ReferenceWork {
        RemembersTheLast(ReferenceState state) {
            super(state);
        }

        @Override
        public void remember(
                CompanyId company, IdempotencyToken token, RecordedCreate create, Instant forgottenBefore) {
            state().creates.put(new Sender(company, token), create);
        }
    }

    static final class MixesTheTokensOfCallers extends ReferenceWork {
        MixesTheTokensOfCallers(ReferenceState state) {
            super(state);
        }

        private static IdempotencyToken anybodys(IdempotencyToken token) {
            return new IdempotencyToken(Samples.ACTOR, token.value());
        }

        @Override
        public Optional<RecordedCreate> findCreate(CompanyId company, IdempotencyToken token) {
            return super.findCreate(company, anybodys(token));
        }

        @Override
        public void remember(
                CompanyId company, IdempotencyToken token, RecordedCreate create, Instant forgottenBefore) {
            super.remember(company, anybodys(token), create, forgottenBefore);
        }
    }
}
