package dev.keywright.inmemory;

import dev.keywright.application.spi.IdempotencyToken;
import dev.keywright.application.spi.RecordedCreate;
import dev.keywright.application.spi.RecordedEvent;
import dev.keywright.application.spi.WriteConflict;
import dev.keywright.domain.Actor;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyChange;
import dev.keywright.domain.KeyReference;
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

    Optional<ApiKey> findByReference(KeyReference reference) {
        return references.get(reference).flatMap(rows::get).map(Row::key);
    }

    List<RecordedEvent> events(CompanyId company, ApiKeyId id) {
        return row(company, id)
                .map(row -> row.events().slice(0, row.events().size()))
                .orElse(List.of());
    }

    Contents inserted(KeyChange created, Actor by) {
        ApiKey key = created.after();
        if (rows.get(key.id()).isPresent()) {
            throw new WriteConflict("the id " + key.id() + " is taken");
        }
        if (references.get(key.credential().reference()).isPresent()) {
            throw new WriteConflict("the reference " + key.credential().reference() + " is taken");
        }
        Contents referring =
                new Contents(rows, references.with(key.credential().reference(), key.id()), companies, sequence);
        return referring.with(
                company(key.company()).with(key), created, SortedTree.empty(Comparator.naturalOrder()), by);
    }

    Contents replaced(KeyChange change, Actor by) {
        ApiKey after = change.after();
        Row before = row(after.company(), after.id())
                .filter(row -> row.key().revision() == after.revision() - 1)
                .orElseThrow(() ->
                        new WriteConflict("the key " + after.id() + " is not at revision " + (after.revision() - 1)));
        Company company = company(after.company()).without(before.key()).with(after);
        return with(company, change, before.events(), by);
    }

    private Contents with(Company company, KeyChange change, SortedTree<Long, RecordedEvent> earlier, Actor by) {
        ApiKey after = change.after();
        long next = sequence + 1;
        RecordedEvent event =
                new RecordedEvent(next, after.company(), after.id(), after.revision(), change.event(), by);
        return new Contents(
                rows.with(after.id(), new Row(after, earlier.with(next, event))),
                references,
                companies.with(after.company(), company),
                next);
    }

    Contents remembering(CompanyId id, IdempotencyToken token, RecordedCreate create, Instant forgottenBefore) {
        Company company = company(id).remembering(token, create, forgottenBefore);
        return new Contents(rows, references, companies.with(id, company), sequence);
    }
}
