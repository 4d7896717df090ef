package dev.keywright.inmemory;

import dev.keywright.application.spi.IdempotencyToken;
import dev.keywright.application.spi.NotedUse;
import dev.keywright.application.spi.RecordedCreate;
import dev.keywright.application.spi.RecordedEvent;
import dev.keywright.application.spi.WriteConflict;
import dev.keywright.domain.Actor;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyChange;
import dev.keywright.domain.KeyEvent;
import dev.keywright.domain.KeyReference;
import dev.keywright.domain.VerifiableKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All that a store holds at one moment. Immutable: a change makes the next contents, which share nearly all with these.
 *
 * @param rows the keys of all companies
 * @param references whose secret has which reference
 * @param companies the keys and creates of each company
 * @param sequence the number of the last event
 */
record Contents(
        SortedTree<ApiKeyId, Row> rows,
        SortedTree<KeyReference, ApiKeyId> references,
        SortedTree<CompanyId, Company> companies,
        long sequence) {

    private static final Contents NOTHING = new Contents(
            SortedTree.empty(Comparator.naturalOrder()),
            SortedTree.empty(Comparator.naturalOrder()),
            SortedTree.empty(Comparator.comparing(CompanyId::value)),
            0);

    /**
     * A key with its history.
     *
     * @param events by their sequence
     */
    record Row(ApiKey key, SortedTree<Long, RecordedEvent> events) {}

    static Contents nothing() {
        return NOTHING;
    }

    Company company(CompanyId id) {
        return companies.get(id).orElse(Company.NEW);
    }

    private Optional<Row> row(CompanyId company, ApiKeyId id) {
        return rows.get(id).filter(row -> row.key().company().equals(company));
    }

    Optional<ApiKey> find(CompanyId company, ApiKeyId id) {
        return row(company, id).map(Row::key);
    }

    Optional<VerifiableKey> lookUp(KeyReference reference) {
        return references.get(reference).flatMap(rows::get).map(row -> VerifiableKey.of(row.key()));
    }

    List<RecordedEvent> events(CompanyId company, ApiKeyId id) {
        return row(company, id)
                .map(row -> row.events().slice(0, row.events().size()))
                .orElse(List.of());
    }

    Contents inserted(KeyChange created, Actor by) {
        ApiKey key = created.after().withLastUse(Optional.empty());
        if (rows.get(key.id()).isPresent()) {
            throw new WriteConflict("the id " + key.id() + " is taken");
        }
        return referring(references, key)
                .with(
                        company(key.company()).with(key),
                        key,
                        SortedTree.empty(Comparator.naturalOrder()),
                        created.event(),
                        by);
    }

    Contents replaced(KeyChange change, Actor by) {
        ApiKey after = change.after();
        Row before = row(after.company(), after.id())
                .filter(row -> row.key().revision() == after.revision() - 1)
                .orElseThrow(() ->
                        new WriteConflict("the key " + after.id() + " is not at revision " + (after.revision() - 1)));
        ApiKey noted = after.withLastUse(before.key().lastUse());
        Company company = company(after.company()).without(before.key()).with(noted);
        KeyReference former = before.key().credential().reference();
        Contents referring =
                former.equals(after.credential().reference()) ? this : referring(references.without(former), after);
        return referring.with(company, noted, before.events(), change.event(), by);
    }

    /** The same, with these references and that of the key. */
    private Contents referring(SortedTree<KeyReference, ApiKeyId> others, ApiKey key) {
        KeyReference reference = key.credential().reference();
        if (others.get(reference).isPresent()) {
            throw new WriteConflict("the reference " + reference + " is taken");
        }
        return new Contents(rows, others.with(reference, key.id()), companies, sequence);
    }

    private Contents with(
            Company company, ApiKey after, SortedTree<Long, RecordedEvent> earlier, KeyEvent what, Actor by) {
        long next = sequence + 1;
        RecordedEvent event = new RecordedEvent(next, after.company(), after.id(), after.revision(), what, by);
        return new Contents(
                rows.with(after.id(), new Row(after, earlier.with(next, event))),
                references,
                companies.with(after.company(), company),
                next);
    }

    Contents used(NotedUse noted) {
        return row(noted.company(), noted.key())
                .filter(row -> row.key().lastUse().stream()
                        .noneMatch(last -> !last.at().isBefore(noted.use().at())))
                .map(row -> with(row, row.key().withLastUse(Optional.of(noted.use()))))
                .orElse(this);
    }

    private Contents with(Row row, ApiKey key) {
        return new Contents(
                rows.with(key.id(), new Row(key, row.events())),
                references,
                companies.with(key.company(), company(key.company()).with(key)),
                sequence);
    }

    Contents remembering(CompanyId id, IdempotencyToken token, RecordedCreate create, Instant forgottenBefore) {
        Company company = company(id).remembering(token, create, forgottenBefore);
        return new Contents(rows, references, companies.with(id, company), sequence);
    }
}
