package dev.keywright.jdbi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.application.KeyAdministration;
import dev.keywright.application.KeyPage;
import dev.keywright.application.PageRequest;
import dev.keywright.application.PageRequest.Start;
import dev.keywright.application.spi.KeyStore;
import dev.keywright.application.spi.RecordedEvent;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyAction;
import dev.keywright.domain.KeyDraft;
import dev.keywright.domain.KeyStatus;
import dev.keywright.domain.UserId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * a process that streams changes into an H2 file is killed at random moments, again and again on the same file.
 * What it had acknowledged is there, synced or not, and nothing is there by half. One hundred kills with the system property {@code
 * keywright.thorough=true}, else as many as fit in some seconds.
 */
final class KilledProcessTest {

    private static final CompanyId COMPANY = StreamOfChanges.CALLER.company();
    private static final boolean THOROUGH = Boolean.getBoolean("keywright.thorough");
    private static final int MOST_CHANGES = 400;

    /** What was acknowledged of one key. */
    private static final class Acknowledged {
        private int update;
        private boolean deleted;
    }

    private final Map<ApiKeyId, Acknowledged> acknowledged = new HashMap<>();
    private final Random random = new Random();

    @TempDir
    private Path folder;

    @Test
    void everyAcknowledgedChangeSurvivesAKill() {
        long end = System.nanoTime() + Duration.ofSeconds(12).toNanos();
        int kills = 0;
        while (THOROUGH ? kills < 100 : kills < 2 || System.nanoTime() < end) {
            killInTheMiddle();
            kills++;
            try (Database database = Database.open(TestDatabases.inFile(folder))) {
                assertNothingIsLost(database.store());
                assertNothingIsThereByHalf();
                assertTheNextKeySortsFirst(database);
            }
        }
        long changes = acknowledged.values().stream()
                .mapToLong(key -> 1 + key.update + (key.deleted ? 1 : 0))
                .sum();
        System.out.println("kills: " + kills + ", keys acknowledged: " + acknowledged.size()
                + ", sum of acknowledged change numbers: " + changes + ", lost: 0");
    }

    private void killInTheMiddle() {
        int after = 1 + random.nextInt(MOST_CHANGES);
        String syncs = String.valueOf(random.nextBoolean());
        try (ChildJvm process = ChildJvm.start(
                StreamOfChanges.class, TestDatabases.inFile(folder).url(), syncs)) {
            Iterator<String> told = process.lines().iterator();
            for (int line = 0; told.hasNext(); line++) {
                note(told.next());
                if (line == after) {
                    process.kill();
                }
            }
        }
    }

    private void note(String line) {
        String[] words = line.split(" ");
        if (words[0].equals("begun")) {
            return;
        }
        Acknowledged key = acknowledged.computeIfAbsent(ApiKeyId.parse(words[1]), id -> new Acknowledged());
        switch (words[0]) {
            case "created" -> {}
            case "updated" -> key.update = Integer.parseInt(words[2]);
            case "deleted" -> key.deleted = true;
            default -> throw new AssertionError(line);
        }
    }

    private void assertNothingIsLost(KeyStore store) {
        assertThat(acknowledged).isNotEmpty();
        store.read(keys -> {
            acknowledged.forEach((id, known) -> {
                ApiKey key = keys.find(COMPANY, id).orElseThrow(() -> new AssertionError("lost: " + id));
                assertThat(key.description()
                                .map(text -> Integer.parseInt(text.value()))
                                .orElse(0))
                        .isGreaterThanOrEqualTo(known.update);
                if (known.deleted) {
                    assertThat(key.deletedAt()).isPresent();
                }
            });
            return acknowledged;
        });
    }

    /** Every key has all of its events and is counted, and there is nothing without a key. */
    private void assertNothingIsThereByHalf() {
        Jdbi sql = Jdbi.create(
                DatabaseUrl.parse(TestDatabases.inFile(folder).url()).jdbcUrl(), "sa", "");
        assertThat(count(sql, "select count(*) from api_key_event"))
                .isEqualTo(count(sql, "select sum(revision) from api_key"));
        assertThat(
                        count(
                                sql,
                                "select count(*) from api_key k where revision <> (select count(*) from api_key_event e"
                                        + " where e.company_id = k.company_id and e.key_id = k.id and e.revision <= k.revision)"))
                .isZero();
        for (boolean active : new boolean[] {true, false}) {
            assertThat(count(sql, "select coalesce(sum(keys), 0) from api_key_count where active = " + active))
                    .isEqualTo(count(sql, "select count(*) from api_key where active = " + active));
        }
        assertThat(count(
                        sql,
                        "select count(*) from remembered_create r where not exists (select 1 from api_key k"
                                + " where k.company_id = r.company_id and k.id = r.key_id)"))
                .isZero();
    }

    private static long count(Jdbi jdbi, String query) {
        return jdbi.withHandle(sql -> sql.createQuery(query).mapTo(long.class).one());
    }

    private static void assertTheNextKeySortsFirst(Database database) {
        KeyAdministration administration = StreamOfChanges.administration(database);
        ApiKey next = administration
                .create(StreamOfChanges.CALLER, KeyDraft.of(new UserId("bob")))
                .key();

        assertThat(LongStream.of(walk(administration, KeyStatus.ACTIVE), walk(administration, KeyStatus.INACTIVE))
                        .sum())
                .isPositive();
        assertThat(administration
                        .list(StreamOfChanges.CALLER, PageRequest.first())
                        .keys()
                        .get(0))
                .isEqualTo(next);
        List<RecordedEvent> events = database.store().read(keys -> keys.events(COMPANY, next.id()));
        assertThat(events)
                .singleElement()
                .satisfies(event -> assertThat(event.event().action()).isEqualTo(KeyAction.CREATED));
    }

    /** Follows the pages to the end; their keys are as many as their total says, in order. */
    private static long walk(KeyAdministration administration, KeyStatus status) {
        List<ApiKeyId> seen = new ArrayList<>();
        Optional<Start> start = Optional.of(new Start.Offset(0));
        long total = 0;
        while (start.isPresent()) {
            KeyPage page = administration.list(StreamOfChanges.CALLER, new PageRequest(status, 100, start.get()));
            page.keys().forEach(key -> seen.add(key.id()));
            total = page.total();
            start = page.next();
        }
        assertThat(seen).hasSize((int) total).isSortedAccordingTo((a, b) -> b.compareTo(a));
        return total;
    }
}
