package dev.keywright.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.application.Caller;
import dev.keywright.application.CreatedKey;
import dev.keywright.application.KeyAdministration;
import dev.keywright.application.Precondition;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.Description;
import dev.keywright.domain.IpAllowList;
import dev.keywright.domain.IpRange;
import dev.keywright.domain.KeyDraft;
import dev.keywright.domain.KeyUpdate;
import dev.keywright.domain.UserId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** a restored backup revives keys that were revoked since, and the trail that was kept elsewhere revokes them again. */
final class AuditReplayTest {

    private static final Caller CALLER = FilledStore.ACME;

    @TempDir
    private Path folder = Path.of("");

    private final List<CreatedKey> keys = new ArrayList<>();

    private static Ran run(Map<String, String> environment, Object... arguments) {
        Ran ran = Ran.command(
                environment, Stream.of(arguments).map(String::valueOf).toArray(String[]::new));
        assertThat(ran.status()).as(ran.err() + ran.out()).isZero();
        return ran;
    }

    private ApiKeyId id(int key) {
        return keys.get(key).key().id();
    }

    private void create(FilledStore store, int count) {
        for (int at = 0; at < count; at++) {
            keys.add(store.administration().create(CALLER, KeyDraft.of(new UserId("alice"))));
        }
    }

    private List<String> verdicts(Map<String, String> environment) {
        try (FilledStore store = FilledStore.open(environment)) {
            return keys.stream().map(store::verdict).toList();
        }
    }

    /** Key 0 is left alone, 1 deleted, 2 switched off, 3 restricted, 4 described, 5 switched off and on, 6 made later. */
    private void revokeSome(Map<String, String> environment) {
        try (FilledStore store = FilledStore.open(environment)) {
            KeyAdministration administration = store.administration();
            administration.delete(CALLER, id(1), Precondition.none());
            administration.deactivate(CALLER, id(2), Precondition.none());
            administration.update(
                    CALLER,
                    id(3),
                    KeyUpdate.nothing().withAllowList(IpAllowList.of(List.of(IpRange.parse("192.0.2.1")))),
                    Precondition.none());
            administration.update(
                    CALLER, id(4), KeyUpdate.nothing().withDescription(new Description("new")), Precondition.none());
            administration.deactivate(CALLER, id(5), Precondition.none());
            administration.activate(CALLER, id(5), Precondition.none());
            create(store, 1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasRevokedSinceTheBackupIsRevokedAgain(Place place) {
        Map<String, String> live = place.fresh(folder);
        Map<String, String> restored = place.fresh(folder);
        Path backup = folder.resolve("backup.jsonl");
        Path trail = folder.resolve("trail.jsonl");
        try (FilledStore store = FilledStore.open(live)) {
            create(store, 6);
        }
        run(live, "export", backup);
        run(live, "audit", "export", trail, "--append");
        revokeSome(live);
        run(live, "audit", "export", trail, "--append");
        run(restored, "import", backup);

        List<String> revived = verdicts(restored);
        Ran dry = run(restored, "audit", "replay", trail);
        List<String> afterDry = verdicts(restored);
        Ran applied = run(restored, "audit", "replay", trail, "--apply");
        List<String> cured = verdicts(restored);
        Ran again = run(restored, "audit", "replay", trail, "--apply");

        assertThat(revived).containsExactly("VALID", "VALID", "VALID", "VALID", "VALID", "VALID", "NOT_FOUND");
        assertThat(afterDry).isEqualTo(revived);
        assertThat(dry.out()).contains("Nothing was changed; --apply does it.");
        assertThat(cured).containsExactly("VALID", "DELETED", "INACTIVE", "INACTIVE", "VALID", "VALID", "NOT_FOUND");
        assertThat(applied.out())
                .contains("delete      " + id(1))
                .contains("deactivate  " + id(2))
                .contains("deactivate  " + id(3) + "  of acme  lost a change of its addresses")
                .contains("lost        " + id(6))
                .contains("1 to delete, 2 to deactivate, 0 off already and to be reviewed, 1 lost, 2 left as they are")
                .doesNotContain(id(0).toString());
        assertThat(again.out()).contains("0 to delete, 0 to deactivate");
        assertThat(verdicts(restored)).isEqualTo(cured);
    }

    @Test
    void whatAReplayDidIsInTheEventsAndNewEventsComeBehindTheTrail() throws IOException {
        Map<String, String> live = Place.H2.fresh(folder);
        Map<String, String> restored = Place.H2.fresh(folder);
        Path backup = folder.resolve("backup.jsonl");
        Path trail = folder.resolve("trail.jsonl");
        try (FilledStore store = FilledStore.open(live)) {
            create(store, 6);
        }
        run(live, "export", backup);
        revokeSome(live);
        run(live, "audit", "export", trail);
        run(restored, "import", backup);

        run(restored, "audit", "replay", trail, "--apply");

        long newest = Trail.event(lastLine(trail)).orElseThrow().sequence();
        try (FilledStore store = FilledStore.open(restored)) {
            assertThat(store.events(CALLER, id(1))).last().satisfies(event -> {
                assertThat(event.by().value()).isEqualTo("command-line:audit-replay");
                assertThat(event.sequence()).isGreaterThan(newest);
            });
        }
    }

    private static String lastLine(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        return lines.get(lines.size() - 1);
    }

    /** Servers that ran between the restore and the replay gave the same sequences and revisions to other changes. */
    @Test
    void changesAfterTheRestoreHideNoRevocation() {
        Map<String, String> live = Place.H2.fresh(folder);
        Map<String, String> restored = Place.H2.fresh(folder);
        Path backup = folder.resolve("backup.jsonl");
        Path trail = folder.resolve("trail.jsonl");
        try (FilledStore store = FilledStore.open(live)) {
            create(store, 6);
        }
        run(live, "export", backup);
        revokeSome(live);
        run(live, "audit", "export", trail);
        run(restored, "import", backup);
        try (FilledStore store = FilledStore.open(restored)) {
            for (int times = 0; times < 9; times++) {
                KeyUpdate update = KeyUpdate.nothing().withDescription(new Description("later " + times));
                store.administration().update(CALLER, id(1), update, Precondition.none());
            }
        }

        run(restored, "audit", "replay", trail, "--apply");

        assertThat(verdicts(restored).get(1)).isEqualTo("DELETED");
    }

    @Test
    void whatAnOperatorDecidedAfterAReplayIsNotUndoneByAnother() {
        Map<String, String> live = Place.H2.fresh(folder);
        Map<String, String> restored = Place.H2.fresh(folder);
        Path backup = folder.resolve("backup.jsonl");
        Path trail = folder.resolve("trail.jsonl");
        try (FilledStore store = FilledStore.open(live)) {
            create(store, 6);
        }
        run(live, "export", backup);
        revokeSome(live);
        run(live, "audit", "export", trail);
        run(restored, "import", backup);
        run(restored, "audit", "replay", trail, "--apply");
        try (FilledStore store = FilledStore.open(restored)) {
            store.administration().activate(CALLER, id(3), Precondition.none());
        }

        run(restored, "audit", "replay", trail, "--apply");

        assertThat(verdicts(restored).get(3)).isEqualTo("VALID");
    }

    @Test
    void aTrailGoesOnBehindItsLastWholeLine() throws IOException {
        Map<String, String> live = Place.H2.fresh(folder);
        Path trail = folder.resolve("trail.jsonl");
        Path whole = folder.resolve("whole.jsonl");
        try (FilledStore store = FilledStore.open(live)) {
            create(store, 6);
        }
        run(live, "audit", "export", trail, "--append");
        Files.writeString(trail, "{\"kind\":\"event\",\"seq", StandardOpenOption.APPEND);
        revokeSome(live);

        run(live, "audit", "export", trail, "--append");
        run(live, "audit", "export", trail, "--append");
        run(live, "audit", "export", whole);

        assertThat(trail).hasSameBinaryContentAs(whole);
        assertThat(Files.readAllLines(whole)).hasSize(13);
        assertThat(run(live, "audit", "export", "-", "--after", 11).out().lines())
                .hasSize(2);
    }

    @Test
    void theTrailOfAnotherStoreIsNotGoneOnWith() throws IOException {
        Map<String, String> one = Place.H2.fresh(folder);
        Map<String, String> other = Place.H2.fresh(folder);
        Path trail = folder.resolve("trail.jsonl");
        for (Map<String, String> each : List.of(one, other)) {
            try (FilledStore store = FilledStore.open(each)) {
                create(store, 3);
            }
        }
        run(one, "audit", "export", trail);
        String before = Files.readString(trail);

        Ran refused = Ran.command(other, "audit", "export", trail.toString(), "--append");

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).contains("is not in this store");
        assertThat(trail).hasContent(before);
    }
}
