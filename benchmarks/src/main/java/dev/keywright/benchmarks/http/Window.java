package dev.keywright.benchmarks.http;

import java.time.Duration;
import java.util.Locale;

/**
 * What was seen while a server was under load.
 *
 * @param latencies of all requests, seen by the clients
 * @param wall how long it took
 * @param cpu user and system time of the server's process meanwhile
 */
record Window(Latencies latencies, Duration wall, Duration cpu) {

    double cpuMicrosPerRequest() {
        return cpu.toNanos() / 1_000.0 / latencies.total();
    }

    double requestsPerSecond() {
        return latencies.total() * 1e9 / wall.toNanos();
    }

    String text() {
        return String.format(
                Locale.ROOT,
                "%7.2f us CPU/request %8.0f requests/s  p50 %5d us  p99 %6d us",
                cpuMicrosPerRequest(),
                requestsPerSecond(),
                latencies.micros(0.5),
                latencies.micros(0.99));
    }
}
