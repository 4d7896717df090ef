package dev.keywright.testkit;

import static dev.keywright.testkit.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.application.Precondition;
import dev.keywright.application.spi.RecordedEvent;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiVersion;
import dev.keywright.domain.Description;
import dev.keywright.domain.Expiry;
import dev.keywright.domain.IpAllowList;
import dev.keywright.domain.IpRange;
import dev.keywright.domain.KeyError;
import dev.keywright.domain.KeyException;
import dev.keywright.domain.KeyField;
import dev.keywright.domain.KeyUpdate;
import dev.keywright.domain.Scope;
import dev.keywright.domain.Scopes;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Changes of one key that meet happen one after the other, each on the state that the one before has left. */
public abstract class ParallelChangesContract extends UseCaseContract {

    private static final Precondition ANY = Precondition.none();

    /** */
    @Test
    void fortyUpdatesAtOnceAllHappen() {
        int updates = 40;
        ApiKey key = created().key();

        List<ApiKey> states = Parallel.run(
                updates,
                thread -> administration()
                        .update(
                                host,
                                key.id(),
                                KeyUpdate.nothing().withDescription(new Description("update " + thread)),
                                ANY));

        assertThat(states)
                .extracting(ApiKey::revision)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(2, updates + 1).boxed().toList());
        ApiKey last = states.stream()
                .filter(state -> state.revision() == updates + 1)
                .findFirst()
                .orElseThrow();
        assertThat(administration().get(host, key.id())).isEqualTo(last);
        assertThat(events(key))
                .extracting(RecordedEvent::revision)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, updates + 1).boxed().toList());
    }

    /** */
    @Test
    void updatesOfDifferentFieldsDoNotUndoOneAnother() {
        for (int round = 0; round < 5; round++) {
            ApiKey key = created().key();
            List<KeyUpdate> updates = List.of(
                    KeyUpdate.nothing().withDescription(new Description("described")),
                    KeyUpdate.nothing().withAllowList(IpAllowList.of(List.of(IpRange.parse("10.0.0.0/8")))),
                    KeyUpdate.nothing().withScopes(Scopes.of(Scope.KEYS_READ)),
                    KeyUpdate.nothing().withExpiry(Expiry.at(NOW.plusSeconds(60))),
                    KeyUpdate.nothing().withApiVersion(ApiVersion.parse("2024-05-22")));

            Parallel.run(updates.size(), thread -> administration().update(host, key.id(), updates.get(thread), ANY));

            ApiKey changed = administration().get(host, key.id());
            assertThat(changed.description()).contains(new Description("described"));
            assertThat(changed.allowList().ranges()).containsExactly(IpRange.parse("10.0.0.0/8"));
            assertThat(changed.scopes()).isEqualTo(Scopes.of(Scope.KEYS_READ));
            assertThat(changed.expiry()).isEqualTo(Expiry.at(NOW.plusSeconds(60)));
            assertThat(changed.pin().current()).contains(ApiVersion.parse("2024-05-22"));
            assertThat(changed.revision()).isEqualTo(1 + updates.size());
            assertThat(recordedFields(key)).containsExactlyInAnyOrder(KeyField.values());
        }
    }

    private Set<KeyField> recordedFields(ApiKey key) {
        Set<KeyField> fields = new HashSet<>();
        events(key).forEach(recorded -> fields.addAll(recorded.event().fields()));
        return fields;
    }

    /** */
    @Test
    void twelveDeletionsAtOnceAreOne() {
        ApiKey key = created().key();

        List<ApiKey> states = Parallel.run(12, thread -> {
            time.advance(Duration.ofMillis(1));
            return administration().delete(host, key.id(), ANY);
        });

        assertThat(Set.copyOf(states)).hasSize(1);
        assertThat(administration().get(host, key.id())).isEqualTo(states.get(0));
        assertThat(events(key)).hasSize(2);
    }

    /** */
    @Test
    void noUpdateRevivesAKeyThatIsDeletedMeanwhile() {
        for (int round = 0; round < 10; round++) {
            ApiKey key = created().key();

            List<Optional<KeyError>> refusals = Parallel.run(4, thread -> {
                try {
                    if (thread == 0) {
                        administration().delete(host, key.id(), ANY);
                    } else {
                        KeyUpdate update = KeyUpdate.nothing().withDescription(new Description("update " + thread));
                        administration().update(host, key.id(), update, ANY);
                    }
                    return Optional.empty();
                } catch (KeyException refused) {
                    return Optional.of(refused.error());
                }
            });

            assertThat(refusals.stream().flatMap(Optional::stream))
                    .allSatisfy(error -> assertThat(error).isInstanceOf(KeyError.KeyDeleted.class));
            ApiKey last = administration().get(host, key.id());
            assertThat(last.deletedAt()).contains(NOW);
            assertThat(last.revision())
                    .isEqualTo(5 - refusals.stream().flatMap(Optional::stream).count());
        }
    }

    /** The later of two is judged on what the earlier has left: what was an upgrade may have become a refused downgrade. */
    @Test
    void twoMovesOfThePinAreJudgedOneAfterTheOther() {
        List<ApiVersion> versions = List.of(ApiVersion.parse("2024-05-22"), ApiVersion.parse("2025-05-22"));
        for (int round = 0; round < 10; round++) {
            ApiKey key = created().key();
            administration()
                    .update(host, key.id(), KeyUpdate.nothing().withApiVersion(ApiVersion.parse("2023-05-22")), ANY);

            List<Optional<KeyError>> refusals = Parallel.run(2, thread -> {
                try {
                    administration()
                            .update(host, key.id(), KeyUpdate.nothing().withApiVersion(versions.get(thread)), ANY);
                    return Optional.empty();
                } catch (KeyException refused) {
                    return Optional.of(refused.error());
                }
            });

            ApiKey last = administration().get(host, key.id());
            assertThat(refusals.get(1)).isEmpty();
            assertThat(last.pin().current()).contains(versions.get(1));
            assertThat(last.pin().trail()).hasSize(refusals.get(0).isEmpty() ? 2 : 1);
            assertThat(refusals.get(0))
                    .satisfiesAnyOf(
                            none -> assertThat(none).isEmpty(),
                            refusal -> assertThat(refusal).containsInstanceOf(KeyError.VersionNeverPinned.class));
        }
    }

    /** Of those who saw the same state and ask that it be so still, one is right. */
    @Test
    void ofManyWithTheSamePreconditionOneSucceeds() {
        ApiKey key = created().key();

        List<Integer> succeeded = Parallel.run(8, thread -> {
                    try {
                        KeyUpdate update = KeyUpdate.nothing().withDescription(new Description("update " + thread));
                        administration().update(host, key.id(), update, Precondition.revisionIn(Set.of(1L)));
                        return thread;
                    } catch (KeyException refused) {
                        assertThat(refused.error()).isEqualTo(new KeyError.PreconditionFailed(2));
                        return -1;
                    }
                })
                .stream()
                .filter(thread -> thread >= 0)
                .toList();

        assertThat(succeeded).hasSize(1);
        assertThat(administration().get(host, key.id()).description())
                .contains(new Description("update " + succeeded.get(0)));
    }

    @Test
    void changesOfManyKeysAtOnceAllHappen() {
        List<ApiKey> keys =
                IntStream.range(0, 8).mapToObj(at -> created().key()).toList();

        List<ApiKey> changed = Parallel.run(
                8, thread -> administration().deactivate(host, keys.get(thread).id(), ANY));

        assertThat(changed)
                .allSatisfy(
                        key -> assertThat(administration().get(host, key.id())).isEqualTo(key));
    }
}
