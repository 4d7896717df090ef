package dev.keywright.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.application.KeyPage;
import dev.keywright.application.PageRequest;
import dev.keywright.application.PageRequest.Start;
import dev.keywright.application.Precondition;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.KeyStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Walks from page to page while keys come and go: every key that is there throughout is met exactly once, and none twice.
 *
 */
public abstract class WalksContract extends UseCaseContract {

    private static final int LIMIT = 3;
    private static final int TOO_MANY = 2_000;
    private static final Precondition ANY = Precondition.none();

    private final List<ApiKeyId> staying = new ArrayList<>();
    private final List<ApiKeyId> going = new ArrayList<>();

    /** Keys that stay, and between them keys that go. */
    private void given() {
        for (int at = 0; at < 24; at++) {
            (at % 2 == 0 ? staying : going).add(created().key().id());
        }
    }

    private List<ApiKeyId> walk(Start from, Function<KeyPage, Optional<Start>> onwards, Consumer<KeyPage> between) {
        List<ApiKeyId> met = new ArrayList<>();
        Optional<Start> start = Optional.of(from);
        while (start.isPresent()) {
            KeyPage page = administration().list(host, new PageRequest(KeyStatus.ACTIVE, LIMIT, start.get()));
            List<ApiKeyId> ids =
                    new ArrayList<>(page.keys().stream().map(ApiKey::id).toList());
            assertThat(ids).isSortedAccordingTo(Comparator.reverseOrder());
            if (from instanceof Start.Before) {
                Collections.reverse(ids);
            }
            met.addAll(ids);
            assertThat(met).as("a walk that comes to no end").hasSizeLessThan(TOO_MANY);
            between.accept(page);
            start = onwards.apply(page);
        }
        return met;
    }

    /** Takes a key away, the last one of the page if it may go, switches another off and makes a new one. */
    private void disturb(KeyPage page) {
        page.keys().stream().map(ApiKey::id).filter(going::contains).forEach(this::takeAway);
        going.stream().findFirst().ifPresent(id -> {
            administration().deactivate(host, id, ANY);
            going.remove(id);
        });
        going.add(created().key().id());
    }

    private void takeAway(ApiKeyId id) {
        administration().delete(host, id, ANY);
        going.remove(id);
    }

    @Test
    void aWalkToTheOldestKeyMeetsEveryStayingKeyOnce() {
        given();

        List<ApiKeyId> met = walk(new Start.Offset(0), KeyPage::next, this::disturb);

        assertThat(met).isSortedAccordingTo(Comparator.reverseOrder()).doesNotHaveDuplicates();
        assertThat(met).containsAll(staying);
    }

    @Test
    void aWalkToTheNewestKeyMeetsEveryStayingKeyOnce() {
        given();
        int[] disturbances = {0};

        // New keys come before the walk's end; were they made for ever, it would be right never to end.
        List<ApiKeyId> met = walk(new Start.Before(ApiKeyId.OLDEST), KeyPage::previous, page -> {
            if (disturbances[0]++ < 12) {
                disturb(page);
            }
        });

        assertThat(met).isSorted().doesNotHaveDuplicates();
        assertThat(met).containsAll(staying);
    }

    @Test
    void walksWhileOthersWriteMeetEveryStayingKeyOnce() {
        given();
        AtomicBoolean over = new AtomicBoolean();

        List<List<ApiKeyId>> walks = Parallel.run(3, thread -> {
            if (thread == 0) {
                do {
                    ApiKeyId id = created().key().id();
                    administration().deactivate(host, id, ANY);
                    administration().activate(host, id, ANY);
                    administration().delete(host, id, ANY);
                } while (!over.get());
                return List.of();
            }
            try {
                return thread == 1
                        ? walk(new Start.Offset(0), KeyPage::next, page -> {})
                        : walk(new Start.Before(ApiKeyId.OLDEST), KeyPage::previous, page -> {});
            } finally {
                if (thread == 2) {
                    over.set(true);
                }
            }
        });

        assertThat(walks.get(1))
                .isSortedAccordingTo(Comparator.reverseOrder())
                .doesNotHaveDuplicates()
                .containsAll(staying)
                .containsAll(going);
        assertThat(walks.get(2))
                .isSorted()
                .doesNotHaveDuplicates()
                .containsAll(staying)
                .containsAll(going);
    }
}
