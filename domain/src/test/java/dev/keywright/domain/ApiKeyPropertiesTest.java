package dev.keywright.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What holds for a key in every life it can have. Contract sections 2, 3 and 5. */
class ApiKeyPropertiesTest {

    private static final Duration WINDOW = Duration.ofHours(72);

    /** Something that is done to a key, at a time counted from the last one. */
    record Step(Act act, Duration clockStep) {}

    sealed interface Act {
        Optional<KeyChange> on(ApiKey key, Instant now);
    }

    record Update(KeyUpdate update) implements Act {
        @Override
        public Optional<KeyChange> on(ApiKey key, Instant now) {
            return key.update(update, now, WINDOW);
        }
    }

    enum Switch implements Act {
        DEACTIVATE,
        ACTIVATE,
        DELETE;

        @Override
        public Optional<KeyChange> on(ApiKey key, Instant now) {
            return switch (this) {
                case DEACTIVATE -> key.deactivate(now);
                case ACTIVATE -> key.activate(now);
                case DELETE -> key.delete(now);
            };
        }
    }

    @Property
    void everyChangeIsOneRevisionAndTimeNeverRunsBackwards(@ForAll("lives") List<Step> life) {
        walk(life, (before, step, now, change) -> {
            ApiKey after = change.after();
            assertThat(after.revision()).isEqualTo(before.revision() + 1);
            assertThat(after.updatedAt())
                    .isEqualTo(change.event().at())
                    .isEqualTo(now.isAfter(before.updatedAt()) ? UtcMillis.of(now) : before.updatedAt())
                    .isAfterOrEqualTo(before.updatedAt())
                    .isAfterOrEqualTo(after.createdAt());
        });
    }

    @Property
    void whatAKeyIsNamedByNeverChanges(@ForAll("lives") List<Step> life) {
        walk(life, (before, step, now, change) -> {
            ApiKey after = change.after();
            assertThat(after.id()).isEqualTo(before.id());
            assertThat(after.company()).isEqualTo(before.company());
            assertThat(after.user()).isEqualTo(before.user());
            assertThat(after.credential()).isEqualTo(before.credential());
            assertThat(after.createdAt()).isEqualTo(Keys.CREATED);
        });
    }

    @Property
    void theEventNamesJustWhatChanged(@ForAll("lives") List<Step> life) {
        walk(life, (before, step, now, change) -> {
            ApiKey after = change.after();
            assertThat(change.event().fields()).isEqualTo(difference(before, after));
            assertThat(change.event().action())
                    .isEqualTo(
                            after.deletedAt().isPresent()
                                    ? KeyAction.DELETED
                                    : after.enabled() == before.enabled()
                                            ? KeyAction.UPDATED
                                            : after.enabled() ? KeyAction.ACTIVATED : KeyAction.DEACTIVATED);
        });
    }

    @Property
    void aChangedKeyHasWhatWasAskedFor(@ForAll("lives") List<Step> life) {
        walk(life, (before, step, now, change) -> {
            if (step.act() instanceof Update asked) {
                KeyUpdate update = asked.update();
                ApiKey after = change.after();
                assertThat(after.description()).isEqualTo(update.description().orElse(before.description()));
                assertThat(after.allowList()).isEqualTo(update.allowList().orElse(before.allowList()));
                assertThat(after.scopes()).isEqualTo(update.scopes().orElse(before.scopes()));
                assertThat(after.expiry()).isEqualTo(update.expiry().orElse(before.expiry()));
                assertThat(after.pin().current())
                        .isEqualTo(update.apiVersion().or(() -> before.pin().current()));
            }
        });
    }

    @Property
    void theSameActAgainChangesNothing(@ForAll("lives") List<Step> life) {
        walk(life, (before, step, now, change) -> {
            if (step.act() != Switch.DELETE || change.after().deletedAt().isPresent()) {
                assertThat(step.act().on(change.after(), now)).isEmpty();
            }
        });
    }

    @Property
    void deletionIsFinalAndTheFirstOneStays(@ForAll("lives") List<Step> life) {
        ApiKey key = Keys.plain();
        Instant now = Keys.CREATED;
        ApiKey deleted = key;
        for (Step step : life) {
            now = now.plus(step.clockStep());
            ApiKey after = next(deleted, step.act(), now);
            if (deleted.deletedAt().isPresent()) {
                assertThat(after).isEqualTo(deleted);
            }
            deleted = after;
        }
        assertThat(deleted.deletedAt().isEmpty() || deleted.status() == KeyStatus.INACTIVE)
                .isTrue();
        assertThat(deleted.deletedAt().isEmpty() || deleted.deletedAt().get().equals(deleted.updatedAt()))
                .isTrue();
    }

    private interface Claim {
        void about(ApiKey before, Step step, Instant now, KeyChange change);
    }

    private static void walk(List<Step> life, Claim claim) {
        ApiKey key = Keys.plain();
        Instant now = Keys.CREATED;
        for (Step step : life) {
            now = now.plus(step.clockStep());
            ApiKey before = key;
            Instant at = now;
            Optional<KeyChange> change = attempt(before, step.act(), at);
            change.ifPresent(made -> claim.about(before, step, at, made));
            key = change.map(KeyChange::after).orElse(before);
        }
    }

    private static ApiKey next(ApiKey key, Act act, Instant now) {
        return attempt(key, act, now).map(KeyChange::after).orElse(key);
    }

    private static Optional<KeyChange> attempt(ApiKey key, Act act, Instant now) {
        try {
            return act.on(key, now);
        } catch (KeyException refused) {
            return Optional.empty();
        }
    }

    private static Set<KeyField> difference(ApiKey before, ApiKey after) {
        Set<KeyField> fields = EnumSet.noneOf(KeyField.class);
        compare(fields, KeyField.API_VERSION, before, after, ApiKey::pin);
        compare(fields, KeyField.DESCRIPTION, before, after, ApiKey::description);
        compare(fields, KeyField.ALLOW_LIST, before, after, ApiKey::allowList);
        compare(fields, KeyField.SCOPES, before, after, ApiKey::scopes);
        compare(fields, KeyField.EXPIRY, before, after, ApiKey::expiry);
        return fields;
    }

    private static void compare(
            Set<KeyField> fields, KeyField field, ApiKey before, ApiKey after, Function<ApiKey, Object> value) {
        if (!value.apply(before).equals(value.apply(after))) {
            fields.add(field);
        }
    }

    @Provide
    Arbitrary<List<Step>> lives() {
        Arbitrary<Act> act = Arbitraries.frequencyOf(
                Tuple.of(8, updates().map(Update::new)),
                Tuple.of(2, Arbitraries.of(Switch.DEACTIVATE, Switch.ACTIVATE)),
                Tuple.of(1, Arbitraries.frequency(Tuple.of(1, Switch.DELETE), Tuple.of(2, Switch.ACTIVATE))));
        Arbitrary<Duration> clockStep = Arbitraries.of(
                Duration.ZERO,
                Duration.ofNanos(300_000),
                Duration.ofMillis(1),
                Duration.ofHours(20),
                Duration.ofMillis(-1),
                Duration.ofDays(-2));
        return Combinators.combine(act, clockStep).as(Step::new).list().ofMaxSize(25);
    }

    private static Arbitrary<KeyUpdate> updates() {
        Arbitrary<ApiVersion> version =
                Arbitraries.of("2024-01-01", "2024-05-22", "2025-01-01").map(ApiVersion::parse);
        Arbitrary<Optional<Description>> description =
                Arbitraries.of("one", "two", "🔑").map(Description::new).optional(0.7);
        Arbitrary<IpAllowList> allowList =
                Arbitraries.of(IpAllowList.anywhere(), Keys.allowList("10.0.0.1"), Keys.allowList("10.0.0.1", "::/0"));
        Arbitrary<Scopes> scopes = Arbitraries.of(Scopes.none(), Keys.scopes("a"), Keys.scopes("b", "a"));
        Arbitrary<Expiry> expiry = Arbitraries.of(
                Expiry.never(),
                Expiry.at(Keys.CREATED.plus(Duration.ofHours(30))),
                Expiry.at(Keys.CREATED.plus(Duration.ofDays(900))));
        return Combinators.combine(
                        version.optional(0.3),
                        description.optional(0.3),
                        allowList.optional(0.3),
                        scopes.optional(0.3),
                        expiry.optional(0.3))
                .as(KeyUpdate::new);
    }
}
