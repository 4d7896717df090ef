package dev.keywright.jdbi;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** lists walk an index in their order, and single rows are found by one: no sort, no scan of a whole table. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class QueryPlansTest {

    static final List<String> LISTS = List.of(KeySql.OLDER, KeySql.NEWER);
    static final List<String> SINGLES = List.of(
            KeySql.FIND,
            KeySql.HOLD,
            KeySql.LOOK_UP,
            KeySql.LOOK_UP_ALL,
            KeySql.NOTE_USE,
            KeySql.COUNT,
            KeySql.ADD_TO_COUNT,
            KeySql.NEWEST,
            KeySql.EVENTS,
            KeySql.FIND_CREATE,
            KeySql.REPLACE_KEY,
            KeySql.FORGET_CREATES);

    private Plans h2;
    private Plans postgres;

    @BeforeAll
    void open() {
        h2 = new Plans(TestDatabases.inMemory());
        postgres = new Plans(TestDatabases.onPostgres());
    }

    @AfterAll
    void close() {
        h2.close();
        postgres.close();
    }

    @ParameterizedTest
    @FieldSource("LISTS")
    void h2WalksTheIndexOfTheLists(String list) {
        assertThat(h2.of(list))
                .containsPattern("API_KEY_LIST: ID [<>]")
                .contains("/* index sorted */")
                .doesNotContain("tableScan");
    }

    @ParameterizedTest
    @FieldSource("LISTS")
    void postgresWalksTheIndexOfTheLists(String list) {
        assertThat(postgres.of(list))
                .containsPattern("Index Scan.* using api_key_list on api_key")
                .containsPattern("Index Cond: .*active.*id [<>]")
                .doesNotContain("Sort")
                .doesNotContain("Seq Scan");
    }

    /** A plan for all values knows neither how long a page is nor whether the company has ten keys or ten million. */
    @ParameterizedTest
    @FieldSource("LISTS")
    void postgresWalksTheIndexOfTheListsAlsoByAPlanForAllValues(String list) throws SQLException {
        assertThat(postgres.generic(list))
                .contains("$")
                .containsPattern("Index Scan.* using api_key_list on api_key")
                .doesNotContain("Sort")
                .doesNotContain("Seq Scan");
    }

    @ParameterizedTest
    @FieldSource("SINGLES")
    void postgresFindsSingleRowsByAnIndexAlsoByAPlanForAllValues(String statement) throws SQLException {
        assertThat(postgres.generic(statement)).contains("Index").doesNotContain("Seq Scan");
    }

    @Test
    void theTotalIsASumOverAFewRowsOfAnIndex() throws SQLException {
        assertThat(h2.of(KeySql.COUNT)).containsPattern("PRIMARY_KEY\\w*: COMPANY_ID = .*\\s+AND ACTIVE = ");
        for (String plan : List.of(postgres.of(KeySql.COUNT), postgres.generic(KeySql.COUNT))) {
            assertThat(plan)
                    .contains("api_key_count_pk")
                    .containsPattern("Index Cond: .*company_id.*active")
                    .doesNotContain("Seq Scan")
                    .doesNotContain("on api_key ");
        }
    }

    @Test
    void theNewestKeyIsAtTheEndOfAnIndex() {
        assertThat(h2.of(KeySql.NEWEST))
                .containsPattern("(?s)/\\* index sorted \\*/.*/\\* index sorted \\*/")
                .doesNotContain("tableScan");
        assertThat(postgres.of(KeySql.NEWEST))
                .containsPattern("(?s)(Index Only Scan Backward using api_key_list on api_key.*){2}");
    }

    /** However many keys there are, and by a plan that was made once for all values. */
    @Test
    void aCreateLooksForNewerKeysAtTheEndOfAnIndex() throws SQLException {
        assertThat(postgres.generic(KeySql.CREATE))
                .containsPattern("(?s)(Scan[^\n]* api_key_list [^\n]*\n *Index Cond: [^\n]*active[^\n]*id >.*){2}")
                .doesNotContain("Seq Scan")
                .doesNotContain("Sort");
    }

    /** Followers read on several times a second, however many events there are. */
    @Test
    void eventsAreReadOnByTheirNumbers() {
        for (String events : List.of(KeySql.EVENTS_FROM, KeySql.EVENTS_AT)) {
            assertThat(h2.of(events))
                    .containsPattern("PRIMARY_KEY\\w*: SEQUENCE")
                    .doesNotContain("tableScan");
            assertThat(postgres.of(events))
                    .containsPattern("Index Cond: .*sequence")
                    .contains("using api_key_event_once")
                    .doesNotContain("Sort")
                    .doesNotContain("Seq Scan");
        }
    }

    @Test
    void manyReferencesAreFoundByTheirIndex() {
        assertThat(h2.of(KeySql.LOOK_UP_ALL))
                .containsPattern("API_KEY_REFERENCE_ONCE\\w*: REFERENCE IN")
                .doesNotContain("tableScan");
        assertThat(postgres.of(KeySql.LOOK_UP_ALL))
                .containsPattern("Index Cond: .*reference.* = ANY")
                .doesNotContain("Sort")
                .doesNotContain("Seq Scan");
    }

    @ParameterizedTest
    @FieldSource("SINGLES")
    void h2FindsSingleRowsByAnIndex(String statement) {
        assertThat(h2.of(statement)).doesNotContain("tableScan").containsPattern("/\\* PUBLIC\\.\\w+: ");
    }

    @ParameterizedTest
    @FieldSource("SINGLES")
    void postgresFindsSingleRowsByAnIndex(String statement) {
        assertThat(postgres.of(statement)).contains("Index").doesNotContain("Seq Scan");
    }
}
