package dev.keywright.benchmarks.verify;

import dev.keywright.benchmarks.result.Limit;
import dev.keywright.benchmarks.result.ResultLine;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs all benchmarks of verification in process, floors among them, and holds the ones against the others. */
public final class InProcess {
    private static final int FEW = 1_000;
    private static final int MANY = 1_000_000;
    private static final int STORED = 20_000;
    private static final String[] BOTH = {String.valueOf(FEW), String.valueOf(MANY)};
    private static final Limit OF_FLOOR = Limit.atMost(1.5);

    private final Plan plan;
    private final List<String> jvm;
    private final Measured measured = new Measured();

    /**
     * How long it takes.
     *
     * @param rounds how often each benchmark has its turn
     * @param warmUps iterations before the first that counts
     * @param iterations that count
     * @param iteration how long one is
     * @param attack how long made-up references are presented
     */
    public record Plan(int rounds, int warmUps, int iterations, Duration iteration, Duration attack) {
        /** Long enough for figures. */
        public static final Plan WHOLE = new Plan(3, 20, 25, Duration.ofMillis(200), Duration.ofSeconds(10));
        /** Long enough to see that it works. */
        public static final Plan QUICK = new Plan(1, 10, 10, Duration.ofMillis(100), Duration.ofSeconds(3));
    }

    private InProcess(Plan plan, List<String> jvm) {
        this.plan = plan;
        this.jvm = jvm;
    }

    /** Runs all and answers the lines of the table. */
    public static List<ResultLine> run(Plan plan, List<String> jvm) throws IOException, InterruptedException {
        return new InProcess(plan, jvm).lines();
    }

    private List<ResultLine> lines() throws IOException, InterruptedException {
        for (int round = 0; round < plan.rounds(); round++) {
            run(1, BOTH, "FloorBenchmark", "VerifyBenchmark.granted$", "VerifyBenchmark.grantedAndNoted");
            run(2, new String[] {BOTH[0]}, "FloorBenchmark", "VerifyBenchmark.granted$");
            run(1, new String[] {BOTH[0]}, "VerifyBenchmark.grantedByAddressList");
            run(1, new String[0], "DenialBenchmark", "MissBenchmark");
        }
        List<ResultLine> lines = new ArrayList<>();
        addHits(lines);
        addOthers(lines);
        addStoreCalls(lines);
        lines.add(
                ResultLine.figure("live heap per cached key, 10^6 keys", "B", HeapPerKey.measure(), Limit.atMost(160)));
        return lines;
    }

    private void addHits(List<ResultLine> lines) {
        double few = measured.nanos("granted", FEW, 1);
        lines.add(overFloor("verify, cached, 10^3 keys", "granted", FEW));
        lines.add(overFloor("the same, uses noted", "grantedAndNoted", FEW));
        lines.add(ResultLine.figure("allocation per call", "B", measured.bytes("granted", FEW), Limit.atMost(200)));
        lines.add(overFloor("verify, cached, 10^6 keys, random order", "granted", MANY));
        lines.add(overFloor("the same, uses noted", "grantedAndNoted", MANY));
        double two = measured.nanos("granted", FEW, 2);
        lines.add(new ResultLine(
                "2 threads against 1, per thread",
                String.format(Locale.ROOT, "%.1f ns", two),
                String.format(Locale.ROOT, "the floor's own: %.2f", floor(FEW, 1) / floor(FEW, 2)),
                few / two,
                Limit.atLeast(0.8)));
    }

    private ResultLine overFloor(String what, String benchmark, int keys) {
        double figure = measured.nanos(benchmark, keys, 1);
        double floor = floor(keys, 1);
        return new ResultLine(
                what,
                String.format(Locale.ROOT, "%.1f ns", figure),
                String.format(Locale.ROOT, "%.1f ns (from the text %.1f)", floor, measured.nanos("fromText", keys, 1)),
                figure / floor,
                OF_FLOOR);
    }

    private void addOthers(List<ResultLine> lines) {
        double granted = measured.nanos("granted", FEW, 1);
        lines.add(ResultLine.ratio(
                "100-entry address list against none",
                "ns",
                measured.nanos("grantedByAddressList", FEW, 1),
                granted,
                Limit.atMost(1.5)));
        lines.add(ResultLine.ratio(
                "malformed against granted", "ns", measured.nanos("malformed"), granted, Limit.atMost(0.5)));
        lines.add(ResultLine.ratio(
                "wrong checksum against granted", "ns", measured.nanos("wronglyChecked"), granted, Limit.atMost(0.5)));
        lines.add(ResultLine.ratio(
                "wrong digest against granted", "ns", measured.nanos("wronglyDigested"), granted, Limit.atMost(1.5)));
        lines.add(ResultLine.ratio(
                "cache miss on H2 against bare JDBC",
                "µs",
                measured.nanos("miss", STORED, 1) / 1_000,
                measured.nanos("bareLookUp", STORED, 1) / 1_000,
                Limit.atMost(1.3)));
    }

    private void addStoreCalls(List<ResultLine> lines) throws IOException, InterruptedException {
        StoreCalls.Counted attack = StoreCalls.unknownReferences(plan.attack());
        lines.add(new ResultLine(
                "unknown references, 32 threads: questions to the store per call",
                attack.questions() + " questions",
                attack.calls() + " calls",
                attack.questions() / (double) attack.calls(),
                Limit.atMost(0.5)));
        StoreCalls.Counted good = StoreCalls.goodKeys();
        lines.add(new ResultLine(
                "synchronous writes per verification",
                good.writes() + " writes",
                good.calls() + " calls",
                good.writes() / (double) good.calls(),
                Limit.atMost(0)));
    }

    /** The cheaper of the two. */
    private double floor(int keys, int threads) {
        return Math.min(measured.nanos("fromText", keys, threads), measured.nanos("fromPrepared", keys, threads));
    }

    private void run(int threads, String[] keys, String... benchmarks) {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .forks(1)
                .threads(threads)
                .warmupIterations(plan.warmUps())
                .warmupTime(time())
                .measurementIterations(plan.iterations())
                .measurementTime(time())
                .timeout(TimeValue.minutes(2))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .addProfiler(GCProfiler.class)
                .jvmArgs("-Xms3g", "-Xmx3g", "-Dslf4j.internal.verbosity=ERROR")
                .jvmArgsPrepend(quiet())
                .jvmArgsAppend(jvm.toArray(String[]::new));
        if (keys.length > 0) {
            options.param("keys", keys);
        }
        for (String benchmark : benchmarks) {
            options.include(benchmark.endsWith("$") ? benchmark : benchmark + "\\b");
        }
        try {
            for (RunResult result : new Runner(options.build()).run()) {
                System.out.println(measured.add(result));
            }
        } catch (RunnerException e) {
            throw new IllegalStateException("a benchmark failed", e);
        }
    }

    /** JMH asks the JVM for what newer ones warn of. */
    private static String[] quiet() {
        return Runtime.version().feature() < 23
                ? new String[0]
                : new String[] {"--sun-misc-unsafe-memory-access=allow"};
    }

    private TimeValue time() {
        return TimeValue.milliseconds(plan.iteration().toMillis());
    }
}
