package dev.keywright.bootstrap;

import dev.keywright.application.Caller;
import dev.keywright.application.KeyAdministration;
import dev.keywright.application.Precondition;
import dev.keywright.application.spi.KeyReader;
import dev.keywright.application.spi.RecordedEvent;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.jdbi.Database;
import dev.keywright.jdbi.StoreFilling;
import dev.keywright.jdbi.StoreSnapshot;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code audit replay}. */
@Command(
        name = "replay",
        description = {
            "Revoke on a restored store what was revoked after its backup was made: of every key that the trail knows more of than the store."
                    + " Keys that were deleted are deleted, keys that were deactivated are deactivated, and so are those whose"
                    + " addresses, scopes or expiry changed, as the trail does not tell the new ones.",
            "Tells what it would do; --apply does it. Can be done again. No server should run on the store before it is done."
        })
final class AuditReplayCommand extends OnWholeStore {

    @Parameters(paramLabel = "<file>", description = "a trail that audit export has written")
    private String file = "";

    @Option(names = "--apply", description = "do it")
    private boolean apply;

    AuditReplayCommand(Map<String, String> environment) {
        super(environment);
    }

    @Override
    public Integer call() {
        Settings settings = settings();
        try (Database database = existing(settings);
                Trail trail = Trail.open(Path.of(file))) {
            Map<ApiKeyId, LostChanges> lost = lost(database, trail);
            if (apply) {
                goOnBehind(database, trail.newest());
            }
            KeyAdministration administration = new KeyAdministration(
                    database.store(), InstantSource.system(), new SecureRandom(), settings.policy());
            Map<ReplayStep.Act, Integer> steps = new EnumMap<>(ReplayStep.Act.class);
            lost.values().forEach(changes -> {
                ReplayStep step = step(database, changes);
                if (apply) {
                    take(step, administration);
                }
                out().println(step.line());
                steps.merge(step.act(), 1, Integer::sum);
            });
            summarise(steps);
        }
        return ExitStatus.OK.number();
    }

    /** Trail and store are in one order and are walked side by side: what the store has not, just so, is lost. */
    private Map<ApiKeyId, LostChanges> lost(Database database, Trail trail) {
        Map<ApiKeyId, LostChanges> lost = new LinkedHashMap<>();
        Progress progress = progress();
        progress.begin("compared", 0);
        try (StoreSnapshot snapshot = database.snapshot()) {
            Iterator<RecordedEvent> events = snapshot.events(0, Long.MAX_VALUE);
            Optional<RecordedEvent> known = next(events);
            for (Optional<RecordedEvent> told = trail.next(); told.isPresent(); told = trail.next()) {
                RecordedEvent event = told.get();
                while (known.isPresent() && known.get().sequence() < event.sequence()) {
                    known = next(events);
                }
                if (!known.equals(told)) {
                    lost.computeIfAbsent(event.key(), key -> new LostChanges(event))
                            .add(event);
                }
                progress.step();
            }
        }
        progress.end();
        return lost;
    }

    private static Optional<RecordedEvent> next(Iterator<RecordedEvent> events) {
        return events.hasNext() ? Optional.of(events.next()) : Optional.empty();
    }

    /** The sequences of what is lost are not given out again, so that the trail stays one of its own. */
    private static void goOnBehind(Database database, long newest) {
        boolean behind;
        try (StoreSnapshot snapshot = database.snapshot()) {
            behind = snapshot.newestEvent() < newest;
        }
        if (behind) {
            try (StoreFilling filling = database.filling()) {
                filling.continueEvents(newest);
            }
        }
    }

    private static ReplayStep step(Database database, LostChanges lost) {
        return database.store()
                .read((KeyReader keys) -> ReplayStep.of(
                        lost, keys.find(lost.company(), lost.key()), keys.events(lost.company(), lost.key())));
    }

    private static void take(ReplayStep step, KeyAdministration administration) {
        Caller caller = Caller.trusted(step.lost().company(), ReplayStep.REPLAY);
        switch (step.act()) {
            case DELETE -> administration.delete(caller, step.lost().key(), Precondition.none());
            case DEACTIVATE -> administration.deactivate(caller, step.lost().key(), Precondition.none());
            case REVIEW, LOST, LEAVE -> {}
        }
    }

    private void summarise(Map<ReplayStep.Act, Integer> steps) {
        out().println(counted(steps, ReplayStep.Act.DELETE) + " to delete, "
                + counted(steps, ReplayStep.Act.DEACTIVATE) + " to deactivate, "
                + counted(steps, ReplayStep.Act.REVIEW) + " off already and to be reviewed, "
                + counted(steps, ReplayStep.Act.LOST) + " lost, "
                + counted(steps, ReplayStep.Act.LEAVE) + " left as they are");
        boolean open = steps.containsKey(ReplayStep.Act.DELETE) || steps.containsKey(ReplayStep.Act.DEACTIVATE);
        out().println(
                        apply
                                ? "All of it is done."
                                : open ? "Nothing was changed; --apply does it." : "There is nothing to change.");
    }

    private static int counted(Map<ReplayStep.Act, Integer> steps, ReplayStep.Act act) {
        return steps.getOrDefault(act, 0);
    }
}
