package dev.keywright.benchmarks.verify;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** The best iteration of each benchmark: what disturbs an iteration only ever makes it longer. */
final class Measured {
    private final Map<String, Double> nanos = new HashMap<>();
    private final Map<String, Double> bytes = new HashMap<>();

    /** Takes over what a run measured; answers all of it. */
    String add(RunResult run) {
        StringBuilder all = new StringBuilder();
        String name = name(
                run.getParams().getBenchmark().replaceAll(".*\\.", ""),
                run.getParams().getParam("keys"),
                run.getParams().getThreads());
        all.append("  ").append(name).append(", ns per call:");
        for (BenchmarkResult fork : run.getBenchmarkResults()) {
            for (IterationResult iteration : fork.getIterationResults()) {
                all.append(String.format(
                        Locale.ROOT, " %.1f", iteration.getPrimaryResult().getScore()));
                keepLess(nanos, name, iteration.getPrimaryResult(), Result::getScore);
                Result<?> allocated = iteration.getSecondaryResults().get("gc.alloc.rate.norm");
                if (allocated != null) {
                    keepLess(bytes, name, allocated, Result::getScore);
                }
            }
        }
        return all.toString();
    }

    private static void keepLess(
            Map<String, Double> best, String name, Result<?> result, ToDoubleFunction<Result<?>> score) {
        best.merge(name, score.applyAsDouble(result), Math::min);
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
