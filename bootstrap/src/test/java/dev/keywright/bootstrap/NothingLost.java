package dev.keywright.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Compares what clients were told with what is in the database. */
final class NothingLost {

    /** Nobody waits longer for an answer, whatever happens to the database. */
    static final Duration LONGEST_ANSWER = Duration.ofSeconds(12);

    private record Row(String description, boolean deleted) {}

    private final Connection sql;

    private NothingLost(Connection sql) {
        this.sql = sql;
    }

    /** Every acknowledged change is there, nothing is there by half, and every answer was a right one in time. */
    static void assertThatOf(KeyLoad load, String url) throws SQLException {
        assertThat(load.wrong()).as(load.toString()).isEmpty();
        assertThat(load.slowest()).as(load.toString()).isLessThan(LONGEST_ANSWER);
        try (Connection sql = DriverManager.getConnection(url)) {
            NothingLost look = new NothingLost(sql);
            look.assertNothingIsThereByHalf();
            look.assertEverythingAcknowledgedIsThere(load);
        }
    }

    private void assertEverythingAcknowledgedIsThere(KeyLoad load) throws SQLException {
        Map<String, Row> rows = rows();
        for (KeyLoad.Known key : load.keys()) {
            Row row = rows.get(key.user);
            if (key.isCreated()) {
                assertThat(row).as("lost: %s", key.user).isNotNull();
            }
            if (row != null) {
                assertThat(Integer.parseInt(row.description))
                        .as("description of %s", key.user)
                        .isBetween(key.acknowledged, key.sent);
                assertThat(row.deleted).as("deletion of %s", key.user).isIn(key.deleted, key.deletionSent);
            }
        }
    }

    private Map<String, Row> rows() throws SQLException {
        Map<String, Row> rows = new HashMap<>();
        try (Statement statement = sql.createStatement();
                ResultSet each = statement.executeQuery(
                        "select user_id, description, deleted_at is not null from api_key where user_id like 'u%'")) {
            while (each.next()) {
                Row twice = rows.put(each.getString(1), new Row(each.getString(2), each.getBoolean(3)));
                assertThat(twice).as("made twice: %s", each.getString(1)).isNull();
            }
        }
        return rows;
    }

    /** Every key is counted and has all of its events, and there is nothing without a key. */
    private void assertNothingIsThereByHalf() throws SQLException {
        long keys = count("select count(*) from api_key");
        assertThat(count("select sum(keys) from api_key_count")).isEqualTo(keys);
        assertThat(count("select count(*) from api_key_event")).isEqualTo(count("select sum(revision) from api_key"));
        assertThat(count("select count(*) from api_key k where revision <> (select count(*) from api_key_event e"
                        + " where e.company_id = k.company_id and e.key_id = k.id and e.revision <= k.revision)"))
                .isZero();
        assertThat(count("select count(*) from remembered_create r where not exists (select 1 from api_key k"
                        + " where k.company_id = r.company_id and k.id = r.key_id)"))
                .isZero();
    }

    private long count(String query) throws SQLException {
        try (Statement statement = sql.createStatement();
                ResultSet count = statement.executeQuery(query)) {
            count.next();
            return count.getLong(1);
        }
    }
}
