package dev.keywright.inmemory;

import dev.keywright.application.spi.IdempotencyToken;
import dev.keywright.application.spi.KeyWriter;
import dev.keywright.application.spi.NotedUse;
import dev.keywright.application.spi.RecordedCreate;
import dev.keywright.application.spi.WriteConflict;
import dev.keywright.domain.Actor;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyChange;
import java.time.Instant;
import java.util.Collection;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Contents that one unit of work changes, to become the store's when it ends well. */
final class Draft extends Snapshot implements KeyWriter {

    private @Nullable WriteConflict conflict;

    Draft(Contents contents) {
        super(contents);
    }

    /**
     * What the store holds if this is committed.
     *
     * @throws WriteConflict if there was one, even if the work has not let it through
     */
    Contents committed() {
        if (conflict != null) {
            throw conflict;
        }
        return contents();
    }

    @Override
    public void insert(KeyChange created, Actor by) {
        change(contents -> contents.inserted(created, by));
    }

    @Override
    public void replace(KeyChange change, Actor by) {
        change(contents -> contents.replaced(change, by));
    }

    @Override
    public void remember(CompanyId company, IdempotencyToken token, RecordedCreate create, Instant forgottenBefore) {
        change(contents -> contents.remembering(company, token, create, forgottenBefore));
    }

    @Override
    public void noteUses(Collection<NotedUse> uses) {
        Contents noted = contents();
        for (NotedUse use : uses) {
            noted = noted.used(use);
        }
        become(noted);
    }

    private void change(UnaryOperator<Contents> change) {
        try {
            become(change.apply(contents()));
        } catch (WriteConflict met) {
            conflict = met;
            throw met;
        }
    }
}
