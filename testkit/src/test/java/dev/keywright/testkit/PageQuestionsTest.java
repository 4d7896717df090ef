package dev.keywright.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.application.Caller;
import dev.keywright.application.KeyAdministration;
import dev.keywright.application.KeyPage;
import dev.keywright.application.KeyPolicy;
import dev.keywright.application.PageRequest;
import dev.keywright.application.PageRequest.Start;
import dev.keywright.application.Precondition;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How often a store is asked for a page: each question is a round trip to a database. R-52 */
final class PageQuestionsTest {

    private static final int LIMIT = 3;

    private final List<String> questions = new ArrayList<>();
    private final ReferenceStore store = new ReferenceStore(Asked::new);
    private final Caller host = Caller.trusted(Samples.company(), Samples.ACTOR);
    private final KeyAdministration administration =
            new KeyAdministration(store, SettableTime.at(Samples.NOW), UseCaseContract.RANDOM, KeyPolicy.defaults());

    /** Notes what it is asked. */
    private final class Asked extends ReferenceWork {
        Asked(ReferenceState state) {
            super(state);
        }

        @Override
        public List<ApiKey> older(CompanyId company, KeyStatus status, ApiKeyId before, long skip, int limit) {
            questions.add("a list");
            return super.older(company, status, before, skip, limit);
        }

        @Override
        public List<ApiKey> newer(CompanyId company, KeyStatus status, ApiKeyId after, int limit) {
            questions.add("a list");
            return super.newer(company, status, after, limit);
        }

        @Override
        public long count(CompanyId company, KeyStatus status) {
            questions.add("the total");
            return super.count(company, status);
        }
    }

    private KeyPage list(Start start) {
        questions.clear();
        return administration.list(host, new PageRequest(KeyStatus.ACTIVE, LIMIT, start));
    }

    @Test
    void everyPageOfAWalkIsOneListAndOneTotal() {
        Samples.insertAll(store, Samples.created(host.company(), 10));
        Optional<Start> next = Optional.of(new Start.Offset(0));
        Start last = next.get();

        while (next.isPresent()) {
            last = next.get();
            next = list(last).next();
            assertThat(questions).as("%s", last).containsExactly("a list", "the total");
        }
        Optional<Start> previous = Optional.of(last);
        while (previous.isPresent()) {
            Start start = previous.get();
            previous = list(start).previous();
            assertThat(questions).as("%s", start).containsExactly("a list", "the total");
        }
    }

    @Test
    void thePagesAtTheEndsAreOneListAndOneTotal() {
        Samples.insertAll(store, Samples.created(host.company(), 10));

        for (Start start : List.of(
                new Start.Offset(4),
                new Start.Offset(100),
                new Start.After(ApiKeyId.NEWEST),
                new Start.After(ApiKeyId.OLDEST),
                new Start.Before(ApiKeyId.OLDEST),
                new Start.Before(ApiKeyId.NEWEST))) {
            list(start);
            assertThat(questions).as("%s", start).containsExactly("a list", "the total");
        }
    }

    @Test
    void inTheMiddleOnlyAPositionWhoseKeyIsGoneCostsOneMore() {
        List<ApiKey> keys = Samples.insertAll(store, Samples.created(host.company(), 10));
        ApiKeyId gone = keys.get(5).id();
        administration.delete(host, gone, Precondition.none());

        KeyPage page = list(new Start.After(gone));

        assertThat(page.previous()).contains(new Start.Before(keys.get(4).id()));
        assertThat(questions).containsExactly("a list", "the total", "a list");
    }
}
