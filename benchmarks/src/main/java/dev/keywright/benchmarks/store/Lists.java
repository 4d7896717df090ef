package dev.keywright.benchmarks.store;

import dev.keywright.application.KeyAdministration;
import dev.keywright.application.KeyPage;
import dev.keywright.application.PageRequest;
import dev.keywright.application.PageRequest.Start;
import dev.keywright.benchmarks.result.Limit;
import dev.keywright.benchmarks.result.ResultLine;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.KeyStatus;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** How long a page takes, with its total, by the number of keys: each size in a database of its own, all in turn. */
final class Lists {
    private static final int LIMIT = 25;
    private static final int CALLS = 20;
    private static final int KNOWN_PLACES = 200;
    private static final Limit OF_SMALL = Limit.atMost(1.3);

    private final SplittableRandom random = new SplittableRandom(20_260_101);

    /** Where a page lies. Pages in the middle are either among a few that are looked at in turn, or anywhere. */
    private enum Place {
        FIRST("first page"),
        MIDDLE("page in the middle, seen before"),
        UNSEEN("page in the middle, not seen before"),
        LAST("last page");

        private final String words;

        Place(String words) {
            this.words = words;
        }
    }

    /** Which figure. */
    private record Cell(String database, Place place) {}

    private final Map<Cell, List<Long>> nanos = new LinkedHashMap<>();

    /**
     * Measures one engine.
     *
     * @param sizes how many keys the company has, the smallest first
     * @param others how many other companies stand beside one with as many keys as the smallest
     */
    static List<ResultLine> run(Engine engine, List<Long> sizes, int others, int rounds) throws SQLException {
        return new Lists().lines(engine, sizes, others, rounds);
    }

    private List<ResultLine> lines(Engine engine, List<Long> sizes, int others, int rounds) throws SQLException {
        Map<String, Filled> databases = new LinkedHashMap<>();
        try {
            for (long size : sizes) {
                String name = "keys_" + size;
                System.out.println(engine + ": filling " + name);
                databases.put(name, Filled.make(engine, name, size, 0));
            }
            databases.put("among", Filled.make(engine, "among", sizes.get(0), others));
            for (int round = 0; round < 2 * rounds; round++) {
                if (round == rounds) {
                    nanos.clear();
                }
                databases.forEach(this::look);
            }
            return lines(engine, sizes, others);
        } finally {
            databases.values().forEach(Filled::close);
        }
    }

    private void look(String name, Filled filled) {
        KeyAdministration administration = filled.administration();
        for (Place place : Place.values()) {
            List<Long> seen = nanos.computeIfAbsent(new Cell(name, place), cell -> new ArrayList<>());
            for (int call = 0; call < CALLS; call++) {
                PageRequest request = new PageRequest(KeyStatus.ACTIVE, LIMIT, start(place, filled, seen.size()));
                long before = System.nanoTime();
                KeyPage page = administration.list(Filled.CALLER, request);
                seen.add(System.nanoTime() - before);
                if (page.total() != filled.keys() || page.keys().size() != LIMIT) {
                    throw new IllegalStateException("a page of " + page.keys().size() + " of " + page.total());
                }
            }
        }
    }

    /** How many pages were seen there tells which one is next. */
    private Start start(Place place, Filled filled, int seen) {
        return switch (place) {
            case FIRST -> new Start.Offset(0);
            case MIDDLE -> middle(filled, new SplittableRandom(seen % KNOWN_PLACES));
            case UNSEEN -> middle(filled, random);
            case LAST -> new Start.Before(ApiKeyId.OLDEST);
        };
    }

    private static Start middle(Filled filled, SplittableRandom where) {
        return new Start.After(Filled.id(where.nextLong(2 * LIMIT, filled.keys() - LIMIT)));
    }

    private List<ResultLine> lines(Engine engine, List<Long> sizes, int others) {
        String small = "keys_" + sizes.get(0);
        List<ResultLine> lines = new ArrayList<>();
        for (Place place : Place.values()) {
            for (long size : sizes.subList(1, sizes.size())) {
                lines.add(line(
                        engine + ", " + place.words + ", " + size + " keys against " + sizes.get(0),
                        new Cell("keys_" + size, place),
                        new Cell(small, place)));
            }
            lines.add(line(
                    engine + ", " + place.words + ", one company among " + others + " against one alone",
                    new Cell("among", place),
                    new Cell(small, place)));
        }
        String large = "keys_" + sizes.get(sizes.size() - 1);
        lines.add(line(
                engine + ", last page against first, " + sizes.get(sizes.size() - 1) + " keys",
                new Cell(large, Place.LAST),
                new Cell(large, Place.FIRST)));
        return lines;
    }

    private ResultLine line(String what, Cell figure, Cell floor) {
        return ResultLine.ratio(what, "µs", p50(figure), p50(floor), OF_SMALL);
    }

    private double p50(Cell cell) {
        long[] sorted = nanos.getOrDefault(cell, List.of()).stream()
                .mapToLong(Long::longValue)
                .toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2] / 1_000.0;
    }
}
