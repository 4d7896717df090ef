package dev.keywright.benchmarks.verify;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** The best iteration of each benchmark: what disturbs an iteration only ever makes it longer. */
final class Measured {
    private final Map<String, Double> nanos = new HashMap<>();
    private final Map<String, Double> bytes = new HashMap<>();

    /** Takes over what a run measured; answers a line about it. */
    String add(RunResult run) {
        String name = name(
                run.getParams().getBenchmark().replaceAll(".*\\.", ""),
                run.getParams().getParam("keys"),
                run.getParams().getThreads());
        List<Double> scores = new ArrayList<>();
        for (BenchmarkResult fork : run.getBenchmarkResults()) {
            for (IterationResult iteration : fork.getIterationResults()) {
                scores.add(iteration.getPrimaryResult().getScore());
                Result<?> allocated = iteration.getSecondaryResults().get("gc.alloc.rate.norm");
                if (allocated != null) {
                    bytes.merge(name, allocated.getScore(), Math::min);
                }
            }
        }
        Collections.sort(scores);
        nanos.merge(name, scores.get(0), Math::min);
        return String.format(
                Locale.ROOT,
                "  %-28s best %9.1f ns, median %9.1f ns",
                name,
                scores.get(0),
                scores.get(scores.size() / 2));
    }

    private static String name(String benchmark, @Nullable String keys, int threads) {
        return benchmark + (keys == null ? "" : " " + keys) + " t" + threads;
    }

    /** Nanoseconds per call, of one thread, of a benchmark without parameters. */
    double nanos(String benchmark) {
        return of(nanos, name(benchmark, null, 1));
    }

    /** Nanoseconds per call. */
    double nanos(String benchmark, int keys, int threads) {
        return of(nanos, name(benchmark, String.valueOf(keys), threads));
    }

    /** Bytes allocated per call, of one thread. */
    double bytes(String benchmark, int keys) {
        return of(bytes, name(benchmark, String.valueOf(keys), 1));
    }

    private static double of(Map<String, Double> figures, String name) {
        Double figure = figures.get(name);
        if (figure == null) {
            throw new IllegalStateException("not measured: " + name);
        }
        return figure;
    }
}
