package dev.keywright.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.keywright.domain.PinModel.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.BeforeTry;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/** Contract section 5 as a whole: any moves, any steps of the clock, any changes of the setting, beside the model. */
class VersionPinPropertiesTest {

    private static final List<String> VERSIONS =
            List.of("2023-11-30", "2024-01-01", "2024-02-29", "2024-05-22", "2025-01-01", "2026-12-31");
    private static final List<Duration> WINDOWS =
            List.of(Duration.ofHours(72), Duration.ofMillis(2), Duration.ZERO, Duration.ofSeconds(1));

    /** How the clock moves before a step; the last four go to an entry of the trail, if there is one. */
    enum Clock {
        STANDS_STILL,
        A_MILLISECOND,
        A_WHILE,
        BACK_A_MILLISECOND,
        BACK_A_DAY,
        TO_THE_NEWEST_INSTANT,
        JUST_AFTER_THE_NEWEST_INSTANT,
        TO_THE_OLDEST_INSTANT,
        JUST_AFTER_THE_OLDEST_INSTANT
    }

    /**
     * A step of the key's life.
     *
     * @param version the version asked for, or empty to change the description instead
     */
    record Step(Clock clock, Optional<String> version, Duration window) {}

    private PinModel model = new PinModel(Keys.CREATED);
    private ApiKey key = Keys.plain();
    private Instant clock = Keys.CREATED;

    @BeforeTry
    void startWithANewKey() {
        model = new PinModel(Keys.CREATED);
        key = Keys.plain();
        clock = Keys.CREATED;
    }

    @Property
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    void thePinDoesWhatTheContractSays(@ForAll("lives") List<Step> life) {
        int description = 0;
        for (Step step : life) {
            clock = moved(step.clock());
            if (step.version().isPresent()) {
                Statistics.label("outcome").collect(move(step.version().get(), step.window()));
            } else {
                description++;
                describe(description, step.window());
            }
            assertShown();
        }

        Statistics.label("outcome").coverage(coverage -> {
            for (Outcome outcome : Outcome.values()) {
                coverage.check(outcome).percentage(percentage -> percentage > 1);
            }
        });
    }

    private Outcome move(String version, Duration window) {
        ApiKey before = key;
        long lastChange = model.lastChange;
        Map<String, Long> trail = new HashMap<>(model.trail);
        Outcome outcome = model.move(version, clock, window);
        KeyUpdate update = KeyUpdate.nothing().withApiVersion(ApiVersion.parse(version));

        switch (outcome) {
            case FIRST_PIN, UPGRADE, DOWNGRADE -> {
                KeyChange change = key.update(update, clock, window).orElseThrow();
                key = change.after();
                assertThat(change.event().fields()).containsExactly(KeyField.API_VERSION);
                assertThat(key.revision()).isEqualTo(before.revision() + 1);
                assertThat(key.updatedAt()).isEqualTo(Instant.ofEpochMilli(model.lastChange));
                assertNoOpenInstantMoved(before.pin(), key.pin());
            }
            case SAME -> assertThat(key.update(update, clock, window)).isEmpty();
            case TOO_LATE ->
                assertThat(refusal(update, window))
                        .isInstanceOfSatisfying(KeyError.DowngradeWindowClosed.class, closed -> {
                            assertThat(closed.notAfter()).isEqualTo(Instant.ofEpochMilli(trail.get(version)));
                            assertThat(closed.returns()).isEqualTo(open(trail, lastChange));
                        });
            case NEVER_PINNED ->
                assertThat(refusal(update, window))
                        .isInstanceOfSatisfying(
                                KeyError.VersionNeverPinned.class,
                                never -> assertThat(never.returns()).isEqualTo(open(trail, lastChange)));
        }
        return outcome;
    }

    private KeyError refusal(KeyUpdate update, Duration window) {
        return catchThrowableOfType(KeyException.class, () -> key.update(update, clock, window))
                .error();
    }

    private List<ApiVersion> open(Map<String, Long> trail, long lastChange) {
        long now = Math.max(clock.toEpochMilli(), lastChange);
        return trail.entrySet().stream()
                .filter(entry -> now <= entry.getValue())
                .map(entry -> ApiVersion.parse(entry.getKey()))
                .sorted()
                .toList();
    }

    /** Another change of the key counts as a last change too, and touches nothing of the pin. */
    private void describe(int number, Duration window) {
        VersionPin before = key.pin();
        key = key.update(KeyUpdate.nothing().withDescription(new Description("no. " + number)), clock, window)
                .orElseThrow()
                .after();
        model.otherChange(clock);

        assertThat(key.pin()).isEqualTo(before);
    }

    private void assertShown() {
        VersionPin pin = key.pin();
        assertThat(pin.current().map(ApiVersion::toString).orElse("")).isEqualTo(model.current);
        assertThat(pin.since().map(Instant::toEpochMilli).orElse(0L)).isEqualTo(model.setAt);
        assertThat(pin.downgradeNotAllowedAfter()).isEqualTo(model.shownInstant());
        assertThat(pin.trail())
                .extracting(
                        back -> back.version().toString(),
                        back -> back.notAfter().toEpochMilli())
                .containsExactlyElementsOf(model.trail.entrySet().stream()
                        .map(entry -> tuple(entry.getKey(), entry.getValue()))
                        .toList());
    }

    private static void assertNoOpenInstantMoved(VersionPin before, VersionPin after) {
        for (VersionPin.Return back : after.trail()) {
            before.trail().stream()
                    .filter(earlier -> earlier.version().equals(back.version()))
                    .forEach(earlier -> assertThat(back).isEqualTo(earlier));
        }
    }

    private Instant moved(Clock step) {
        return switch (step) {
            case STANDS_STILL -> clock;
            case A_MILLISECOND -> clock.plusMillis(1);
            case A_WHILE -> clock.plus(Duration.ofHours(30));
            case BACK_A_MILLISECOND -> clock.minusMillis(1);
            case BACK_A_DAY -> clock.minus(Duration.ofDays(1));
            case TO_THE_NEWEST_INSTANT -> model.shownInstant().orElse(clock);
            case JUST_AFTER_THE_NEWEST_INSTANT ->
                model.shownInstant().orElse(clock).plusMillis(1);
            case TO_THE_OLDEST_INSTANT -> oldestInstant();
            case JUST_AFTER_THE_OLDEST_INSTANT -> oldestInstant().plusMillis(1);
        };
    }

    private Instant oldestInstant() {
        return model.trail.isEmpty()
                ? clock
                : Instant.ofEpochMilli(model.trail.firstEntry().getValue());
    }

    @Provide
    Arbitrary<List<Step>> lives() {
        Arbitrary<Optional<String>> version = Arbitraries.frequencyOf(
                Tuple.of(9, Arbitraries.of(VERSIONS).map(Optional::of)),
                Tuple.of(1, Arbitraries.just(Optional.empty())));
        Arbitrary<Duration> window = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.just(WINDOWS.get(0))), Tuple.of(1, Arbitraries.of(WINDOWS)));
        return Combinators.combine(Arbitraries.of(Clock.class), version, window)
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(30);
    }
}
