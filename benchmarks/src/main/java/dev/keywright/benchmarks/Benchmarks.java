package dev.keywright.benchmarks;

import dev.keywright.benchmarks.http.OverHttp;
import dev.keywright.benchmarks.result.ResultLine;
import dev.keywright.benchmarks.result.ResultTable;
import dev.keywright.benchmarks.store.InTheStore;
import dev.keywright.benchmarks.verify.InProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Runs all benchmarks, or a part of them, and prints one table. */
public final class Benchmarks {
    private static final Set<String> PARTS =
            Set.of("verify", "http", "http-verify", "http-auth", "store", "creates", "lists");

    private Benchmarks() {}

    /**
     * Runs them.
     *
     * @param args the executable jar of the product; the parts, all if there are none: {@code verify}, in process, {@code
     *     http}, {@code http-verify}, {@code http-auth}, {@code store}, {@code creates}, {@code lists}; {@code --quick}; and what begins with {@code -X} is for the JVMs
     *     that are measured
     */
    public static void main(String[] args) throws IOException, InterruptedException, SQLException {
        Path jar = Path.of(args[0]).toAbsolutePath();
        List<String> given = List.of(args).subList(1, args.length);
        List<String> jvm = given.stream().filter(arg -> arg.startsWith("-X")).toList();
        boolean quick = given.contains("--quick");
        List<String> parts = given.stream()
                .filter(arg -> !jvm.contains(arg) && !arg.equals("--quick"))
                .toList();
        if (!PARTS.containsAll(parts)) {
            System.err.println("benchmarks: the parts are " + PARTS + ", and there are --quick and -X...");
            System.exit(2);
        }
        List<ResultLine> lines = new ArrayList<>();
        if (parts.isEmpty() || parts.contains("verify")) {
            lines.addAll(InProcess.run(quick ? InProcess.Plan.QUICK : InProcess.Plan.WHOLE, jvm));
        }
        boolean http = parts.isEmpty() || parts.contains("http");
        if (http || parts.contains("http-verify") || parts.contains("http-auth")) {
            lines.addAll(OverHttp.run(
                    jar,
                    quick ? OverHttp.Plan.QUICK : OverHttp.Plan.WHOLE,
                    http || parts.contains("http-verify"),
                    http || parts.contains("http-auth"),
                    jvm));
        }
        boolean store = parts.isEmpty() || parts.contains("store");
        if (store || parts.contains("creates") || parts.contains("lists")) {
            lines.addAll(InTheStore.run(
                    jar,
                    quick ? InTheStore.Plan.QUICK : InTheStore.Plan.WHOLE,
                    store || parts.contains("creates"),
                    store || parts.contains("lists"),
                    jvm));
        }
        System.out.println(ResultTable.of(lines));
    }
}
