package dev.keywright.testkit;

import static dev.keywright.testkit.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keywright.application.KeyUses;
import dev.keywright.application.KeyVerification;
import dev.keywright.application.spi.NotedUse;
import dev.keywright.application.spi.StoreFailure;
import dev.keywright.application.spi.WriteConflict;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.IpAddress;
import dev.keywright.domain.KeyCredential;
import dev.keywright.domain.KeySecret;
import dev.keywright.domain.KeyUse;
import dev.keywright.domain.Scopes;
import dev.keywright.domain.SecretDigester;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How uses are noted and written; that they are is for {@link KeyUsesContract} to say. */
final class KeyUsesTest {

    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final Optional<IpAddress> HOME = Optional.of(IpAddress.parse("192.0.2.7"));
    private static final StoreFailure AWAY = new StoreFailure("away", new IllegalStateException("on purpose"));

    private final CompanyId company = Samples.company();
    private final NotingStore store = new NotingStore();
    private final SettableTime time = SettableTime.at(NOW);

    /** The same ones every time: of random ones, one in a hundred thousand is taken for another. */
    private final Iterator<ApiKeyId> ids =
            Stream.iterate(new ApiKeyId(0, 1), ApiKeyId::next).iterator();

    /** A key that the store holds, and its secret. */
    private record Held(ApiKeyId id, KeySecret secret) {}

    private Held held() {
        KeySecret secret = Samples.secret();
        KeyCredential credential = KeyCredential.of(secret, SecretDigester.sha256());
        ApiKey key =
                ApiKey.create(ids.next(), company, Samples.draft(), credential).after();
        store.hold(key);
        return new Held(key.id(), secret);
    }

    private List<Held> held(int count) {
        return IntStream.range(0, count).mapToObj(at -> held()).toList();
    }

    private KeyUses uses(Duration interval, int keys) {
        return KeyUses.notedIn(store, time, interval, keys);
    }

    private void use(KeyUses uses, Collection<Held> all) {
        KeyVerification verification = new KeyVerification(store, time, SecretDigester.sha256(), uses);
        for (Held held : all) {
            assertThat(verification
                            .verify(held.secret().reveal(), HOME, Scopes.none())
                            .isGranted())
                    .isTrue();
        }
    }

    private NotedUse noted(Held held) {
        return new NotedUse(company, held.id(), new KeyUse(time.instant(), HOME));
    }

    private List<NotedUse> written() {
        return store.written.stream().flatMap(List::stream).toList();
    }

    @Test
    void aVerificationWritesNothing() {
        KeyUses uses = uses(INTERVAL, 100);

        use(uses, held(10));

        assertThat(store.written).isEmpty();
    }

    @Test
    void withoutUsesThereIsNothingToWrite() {
        KeyUses uses = uses(INTERVAL, 100);
        use(uses, held(1));
        uses.flush();

        uses.flush();

        assertThat(store.written).hasSize(1);
    }

    @Test
    void whoWantsNoNotesGetsNone() {
        KeyUses uses = KeyUses.unnoted();
        use(uses, held(3));

        uses.flush();

        assertThat(store.written).isEmpty();
    }

    @Test
    void oneUnitOfWorkWrites200AtMost() {
        KeyUses uses = uses(INTERVAL, 2_000);
        List<Held> many = held(501);
        use(uses, many);

        uses.flush();

        assertThat(store.written).extracting(List::size).containsExactly(200, 200, 101);
        assertThat(written())
                .containsExactlyInAnyOrderElementsOf(
                        many.stream().map(this::noted).toList());
    }

    @Test
    void withoutAnIntervalEveryUseIsNoted() {
        KeyUses uses = uses(Duration.ZERO, 100);
        List<Held> one = held(1);

        for (int millis = 0; millis < 3; millis++) {
            use(uses, one);
            uses.flush();
            assertThat(store.written.get(millis)).containsExactly(noted(one.get(0)));
            time.advance(Duration.ofMillis(1));
        }
    }

    @Test
    void whatAStoreThatIsAwayDidNotTakeWaits() {
        KeyUses uses = uses(INTERVAL, 100);
        List<Held> many = held(3);
        use(uses, many.subList(0, 2));
        store.beforeWrite(() -> {
            throw AWAY;
        });

        assertThatThrownBy(uses::flush).isSameAs(AWAY);
        use(uses, many);
        assertThatThrownBy(uses::flush).isSameAs(AWAY);
        store.beforeWrite(() -> {});
        uses.flush();

        assertThat(store.written).hasSize(1);
        assertThat(written())
                .containsExactlyInAnyOrderElementsOf(
                        many.stream().map(this::noted).toList());
    }

    @Test
    void whatWasWrittenIsNotWrittenAgainWhenTheRestFails() {
        KeyUses uses = uses(INTERVAL, 2_000);
        List<Held> many = held(700);
        use(uses, many);
        AtomicInteger writes = new AtomicInteger();
        store.beforeWrite(() -> {
            if (writes.incrementAndGet() == 2) {
                throw AWAY;
            }
        });

        assertThatThrownBy(uses::flush).isSameAs(AWAY);
        uses.flush();

        assertThat(store.written).extracting(List::size).containsExactly(200, 200, 200, 100);
        assertThat(written())
                .containsExactlyInAnyOrderElementsOf(
                        many.stream().map(this::noted).toList());
    }

    @Test
    void aConflictIsTriedAgainAFewTimes() {
        KeyUses uses = uses(INTERVAL, 100);
        List<Held> one = held(1);
        use(uses, one);
        AtomicInteger writes = new AtomicInteger();
        store.beforeWrite(() -> {
            if (writes.incrementAndGet() != 6) {
                throw new WriteConflict("held for too long");
            }
        });

        assertThatThrownBy(uses::flush).isInstanceOf(WriteConflict.class);
        assertThat(writes).hasValue(3);
        uses.flush();

        assertThat(writes).hasValue(6);
        assertThat(written()).containsExactly(noted(one.get(0)));
    }

    @Test
    void noVerificationWaitsForAStoreThatHangs() {
        KeyUses uses = uses(INTERVAL, 100);
        List<Held> many = held(5);
        use(uses, many.subList(0, 1));
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        store.beforeWrite(() -> {
            hanging.countDown();
            Parallel.await(released);
        });

        var flush = Parallel.start(() -> {
            uses.flush();
            return many;
        });
        Parallel.await(hanging);
        time.advance(INTERVAL);
        use(uses, many);
        use(uses, many);
        released.countDown();
        flush.result();
        uses.flush();

        assertThat(store.written.get(0)).hasSize(1);
        assertThat(store.written.get(1))
                .as("also the key whose earlier use was being written")
                .containsExactlyInAnyOrderElementsOf(
                        many.stream().map(this::noted).toList());
    }

    /** Where more keys are in use than it was told, some are noted more often, and none is left out. */
    @Test
    void moreKeysThanExpectedAreAllNoted() {
        KeyUses uses = uses(INTERVAL, 1);
        List<Held> many = held(200);

        use(uses, many);
        use(uses, many);
        uses.flush();

        assertThat(written())
                .containsExactlyInAnyOrderElementsOf(
                        many.stream().map(this::noted).toList());
    }

    @Test
    void whatFindsNoRoomToWaitIsNotedAtItsNextUse() {
        KeyUses uses = uses(INTERVAL, 100_000);
        List<Held> many = held(100_003);
        use(uses, many);
        uses.flush();
        assertThat(written()).hasSize(100_000);
        Set<ApiKeyId> before = written().stream().map(NotedUse::key).collect(Collectors.toSet());
        store.written.clear();

        List<Held> late =
                many.stream().filter(held -> !before.contains(held.id())).toList();
        use(uses, late);
        uses.flush();

        assertThat(written())
                .containsExactlyInAnyOrderElementsOf(
                        late.stream().map(this::noted).toList());
    }

    @Test
    void anIntervalIsNotNegativeAndThereIsAKey() {
        assertThatThrownBy(() -> uses(Duration.ofMillis(-1), 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> uses(INTERVAL, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatCode(() -> uses(Duration.ofDays(100_000), 1)).doesNotThrowAnyException();
    }
}
