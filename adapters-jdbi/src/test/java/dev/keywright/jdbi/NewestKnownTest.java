package dev.keywright.jdbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keywright.application.Caller;
import dev.keywright.application.KeyAdministration;
import dev.keywright.application.KeyPolicy;
import dev.keywright.application.Precondition;
import dev.keywright.application.spi.IdempotencyToken;
import dev.keywright.application.spi.KeyStore;
import dev.keywright.application.spi.KeyWriter;
import dev.keywright.application.spi.RecordedCreate;
import dev.keywright.application.spi.RecordedEvent;
import dev.keywright.application.spi.WriteConflict;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.CompanyId;
import dev.keywright.testkit.Samples;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The order of ids is the order of creation, whichever node creates and whatever its clock shows: what a node remembers of the
 * newest key is held against what is there.
 */
final class NewestKnownTest {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final CompanyId company = Samples.company();
    private final Caller caller = Caller.trusted(company, Samples.ACTOR);

    private interface Story {
        void on(KeyStore one, KeyStore other);
    }

    private static void withTwoNodes(Engine engine, Story story) {
        DatabaseSettings settings = engine.fresh();
        try (Database kept = Database.open(settings)) {
            assertThat(kept.isReachable()).isTrue();
            story.on(node(settings), node(settings));
        }
    }

    private static KeyStore node(DatabaseSettings settings) {
        return new JdbiKeyStore(Jdbi.create(
                DatabaseUrl.parse(settings.url()).jdbcUrl(),
                settings.user().orElse("sa"),
                settings.password().orElse("")));
    }

    private static KeyAdministration administration(KeyStore store, Duration ahead) {
        return new KeyAdministration(store, () -> Samples.NOW.plus(ahead), RANDOM, KeyPolicy.defaults());
    }

    private ApiKey create(KeyAdministration keys) {
        return keys.create(caller, Samples.draft()).key();
    }

    private ApiKeyId next(KeyWriter keys) {
        return ApiKeyId.next(Samples.NOW, keys.newestKnown(company), RANDOM);
    }

    @ParameterizedTest
    @EnumSource
    void nodesWhoseClocksDifferCreateInOneOrder(Engine engine) {
        withTwoNodes(engine, (one, other) -> {
            List<KeyAdministration> nodes =
                    List.of(administration(one, Duration.ZERO), administration(other, Duration.ofHours(1)));
            List<ApiKeyId> ids = new ArrayList<>();
            for (int turn = 0; turn < 12; turn++) {
                ids.add(create(nodes.get(turn / 2 % 2)).id());
            }
            assertThat(ids).isSorted().doesNotHaveDuplicates();
        });
    }

    /** Whatever the clock shows, and whatever was undone or forgotten meanwhile. */
    @ParameterizedTest
    @EnumSource
    void oneNodeCreatesInOneOrder(Engine engine) {
        DatabaseSettings settings = engine.fresh();
        List<ApiKeyId> ids = new ArrayList<>();
        try (Database kept = Database.open(settings)) {
            for (int turn = 0; turn < 6; turn++) {
                ids.add(create(administration(kept.store(), Duration.ofHours(turn % 3)))
                        .id());
                assertThatThrownBy(() -> kept.store().write(keys -> {
                            keys.insert(Samples.created(company, next(keys)), Samples.ACTOR);
                            throw new UnsupportedOperationException("on purpose");
                        }))
                        .isInstanceOf(UnsupportedOperationException.class);
            }
        }
        if (engine != Engine.H2_IN_MEMORY) {
            try (Database again = Database.open(settings)) {
                ids.add(create(administration(again.store(), Duration.ZERO)).id());
            }
        }
        assertThat(ids).isSorted().doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void aNewerKeyCountsAlsoWhenItIsDeleted(Engine engine) {
        withTwoNodes(engine, (one, other) -> {
            KeyAdministration here = administration(one, Duration.ZERO);
            KeyAdministration ahead = administration(other, Duration.ofHours(1));
            create(here);
            ApiKeyId deleted = ahead.delete(caller, create(ahead).id(), Precondition.none())
                    .id();

            assertThat(create(here).id()).isGreaterThan(deleted);
        });
    }

    /** What a unit of work may do beside adding a key. */
    private enum Beside {
        NOTHING,
        REMEMBERING_FIRST,
        REMEMBERING_LAST,
        READING_LAST,
        ADDING_ANOTHER
    }

    private static IdempotencyToken token(ApiKeyId id) {
        return new IdempotencyToken(Samples.ACTOR, id.toString());
    }

    private void work(KeyWriter keys, ApiKeyId id, Beside beside) {
        if (beside == Beside.REMEMBERING_FIRST) {
            remember(keys, id);
        }
        keys.insert(Samples.created(company, id), Samples.ACTOR);
        switch (beside) {
            case REMEMBERING_LAST -> remember(keys, id);
            case READING_LAST -> assertThat(keys.find(company, id)).isPresent();
            case ADDING_ANOTHER -> keys.insert(Samples.created(company, id.next()), Samples.ACTOR);
            default -> {}
        }
    }

    private void remember(KeyWriter keys, ApiKeyId id) {
        keys.remember(company, token(id), new RecordedCreate("0".repeat(64), id, Samples.NOW), Instant.EPOCH);
    }

    @ParameterizedTest
    @EnumSource
    void whoIsOvertakenKeepsNothingAndIsToldBetterTheNextTime(Beside beside) {
        withTwoNodes(Engine.POSTGRESQL, (one, other) -> {
            one.write(keys -> {
                ApiKeyId first = next(keys);
                work(keys, first, beside);
                return first;
            });
            ApiKeyId overtaking =
                    create(administration(other, Duration.ofHours(1))).id();
            List<ApiKeyId> overtaken = new ArrayList<>();

            assertThatThrownBy(() -> one.write(keys -> {
                        overtaken.add(next(keys));
                        work(keys, overtaken.get(0), beside);
                        return overtaken;
                    }))
                    .isInstanceOf(WriteConflict.class);

            ApiKeyId lost = overtaken.get(0);
            assertThat(one.<Optional<ApiKey>>read(keys -> keys.find(company, lost)))
                    .isEmpty();
            assertThat(one.<List<RecordedEvent>>read(keys -> keys.events(company, lost)))
                    .isEmpty();
            assertThat(one.<Optional<RecordedCreate>>read(keys -> keys.findCreate(company, token(lost))))
                    .isEmpty();
            ApiKeyId again = one.write(keys -> {
                ApiKeyId id = next(keys);
                work(keys, id, beside);
                return id;
            });
            assertThat(again).isGreaterThan(overtaking);
            assertThat(one.<Optional<ApiKey>>read(keys -> keys.find(company, again)))
                    .isPresent();
        });
    }

    /** Those who create at the same time through one node are no reason to try again, in whichever order they get there. */
    @Test
    void nobodyIsOvertakenByTheSameNode() {
        withTwoNodes(Engine.POSTGRESQL, (node, other) -> {
            create(administration(node, Duration.ZERO));
            ApiKeyId late = node.write(keys -> {
                ApiKeyId id = next(keys);
                CompletableFuture.runAsync(() -> create(administration(node, Duration.ofHours(1))))
                        .join();
                keys.insert(Samples.created(company, id), Samples.ACTOR);
                return id;
            });
            ApiKeyId newest =
                    node.<Optional<ApiKeyId>>read(keys -> keys.newest(company)).orElseThrow();

            assertThat(newest).isGreaterThan(late);
            assertThat(create(administration(node, Duration.ZERO)).id()).isGreaterThan(newest);
        });
    }

    /** Also who has not committed yet, and of whom nobody else can know. */
    @Test
    void whoIsOvertakenDoesNotForgetWhoElseIsAddingAtTheSameNode() {
        withTwoNodes(Engine.POSTGRESQL, (node, other) -> {
            create(administration(node, Duration.ZERO));
            CountDownLatch mayEnd = new CountDownLatch(1);
            List<CompletableFuture<ApiKeyId>> adding = new ArrayList<>();

            assertThatThrownBy(() -> node.write(keys -> {
                        ApiKeyId overtaken = next(keys);
                        adding.add(addedWhen(mayEnd, node));
                        create(administration(other, Duration.ofHours(1)));
                        keys.insert(Samples.created(company, overtaken), Samples.ACTOR);
                        return overtaken;
                    }))
                    .isInstanceOf(WriteConflict.class);
            create(administration(node, Duration.ZERO));
            mayEnd.countDown();
            ApiKeyId added = adding.get(0).join();

            assertThat(create(administration(node, Duration.ZERO)).id()).isGreaterThan(added);
        });
    }

    /** Returns when the key is known to the node and not yet in the database. */
    private CompletableFuture<ApiKeyId> addedWhen(CountDownLatch mayEnd, KeyStore node) {
        CountDownLatch known = new CountDownLatch(1);
        CompletableFuture<ApiKeyId> added = CompletableFuture.supplyAsync(() -> node.write(keys -> {
            ApiKeyId id = ApiKeyId.next(Samples.NOW.plus(Duration.ofHours(2)), keys.newestKnown(company), RANDOM);
            keys.insert(Samples.created(company, id), Samples.ACTOR);
            known.countDown();
            pass(mayEnd);
            return id;
        }));
        pass(known);
        return added;
    }

    private static void pass(CountDownLatch latch) {
        try {
            assertThat(latch.await(5, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** A node remembers some companies only; what it has forgotten meanwhile, the database sees. */
    @Test
    void whatWasForgottenWhileItWasAddedIsFoundInTheDatabase() {
        AddedKeys added = new AddedKeys(false);
        added.found(company, ApiKeyId.OLDEST);
        long before = added.add(company, ApiKeyId.OLDEST.next());
        assertThat(added.add(company, ApiKeyId.OLDEST.next())).isEqualTo(before);

        for (int other = 0; other < AddedKeys.COMPANIES; other++) {
            added.newest(Samples.company());
        }

        assertThat(added.newest(company)).isEmpty();
        assertThat(added.add(company, ApiKeyId.OLDEST)).isNotEqualTo(before);
    }
}
