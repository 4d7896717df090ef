package dev.keywright.jdbi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What all statements over the keys have in common, read off the statements and the sources of this module. */
final class KeySqlTest {

    private static final Path SOURCES = Path.of("src/main/java/dev/keywright/jdbi");
    private static final List<String> TABLES =
            List.of("api_key", "api_key_event", "api_key_count", "remembered_create");
    private static final Pattern RUNS_SQL = Pattern.compile(
            "(?:createQuery|createUpdate|createCall|createScript|createBatch|prepareBatch"
                    + "|prepareStatement|prepareCall|execute|executeQuery|executeUpdate|addBatch|select|update)\\(([^)]*)");

    /** How {@link Values} declares that it runs a statement, and prepares it: what it runs is seen where it is called. */
    private static final Set<String> HANDED_ON = Set.of("String sql", "numbered.sql(");

    /** the exceptions tell how many rows there are, have events settle and go on, or look at no key. */
    @Test
    void everyStatementNamesTheCompany() {
        assertThat(statements()).hasSizeGreaterThan(10);
        assertThat(withoutCompany(statements()))
                .containsExactlyInAnyOrder(
                        "ANY_KEY",
                        "NEWEST_EVENT",
                        "EVENT_NUMBERS",
                        "NUMBERS_TAKEN_AT_ONCE",
                        "LOG_WRITTEN",
                        "LOG_REPLAYED",
                        "CLUSTER",
                        "COUNT_ROWS",
                        "FORGET_COUNTS",
                        "CONTINUE_EVENTS_BY_RESTART",
                        "CONTINUE_EVENTS_BY_SETVAL",
                        "SETTLE_EVENTS");
    }

    @Test
    void aStatementThatForgetsTheCompanyIsFound() {
        assertThat(withoutCompany(Map.of("OFFENDER", "select id from api_key where id = :id")))
                .containsExactly("OFFENDER");
    }

    private static List<String> withoutCompany(Map<String, String> statements) {
        return statements.entrySet().stream()
                .filter(each -> !each.getValue().contains("company_id"))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** what sees the rows of all companies is run by copies of whole stores, and by nobody who serves a company. */
    @Test
    void statementsOverAllCompaniesAreRunForCopiesOnly() {
        List<String> whole = List.of("ALL_KEYS", "ALL_EVENTS", "ALL_CREATES", "PRESENT_KEYS", "PRESENT_EVENTS");

        assertThat(statements()).containsKeys(whole.toArray(String[]::new));
        assertThat(sources().entrySet().stream()
                        .filter(file ->
                                whole.stream().anyMatch(name -> file.getValue().contains("KeySql." + name)))
                        .map(Map.Entry::getKey))
                .containsExactlyInAnyOrder("StoreSnapshot.java", "StoreFilling.java");
    }

    /** there are no statements over the keys elsewhere. */
    @Test
    void theTablesAreNamedNowhereElse() {
        assertThat(sources().entrySet().stream()
                        .filter(file -> TABLES.stream().anyMatch(table -> namesIn(file.getValue(), table)))
                        .map(Map.Entry::getKey))
                .containsExactly("KeySql.java");
    }

    private static boolean namesIn(String source, String table) {
        String code = source.replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("//[^\n]*", "");
        return Pattern.compile("\\b" + table + "\\b").matcher(code).find();
    }

    /** a statement is a constant, or a literal; nothing is ever put into its text. */
    @Test
    void noStatementIsBuiltFromParts() {
        Map<String, String> sources = sources();

        String besidesTexts = sources.get("KeySql.java").replaceAll("(?s)\"\"\".*?\"\"\"", "TEXT");
        assertThat(besidesTexts).contains("= TEXT;").doesNotContain("+").doesNotContain("format");
        assertThat(sources.entrySet().stream()
                        .flatMap(file -> builtFromParts(file.getValue()).stream()
                                .map(argument -> file.getKey() + ": " + argument)))
                .isEmpty();
    }

    @Test
    void aStatementBuiltFromPartsIsFound() {
        assertThat(builtFromParts("sql.createQuery(\"select \" + column)")).hasSize(1);
        assertThat(builtFromParts("sql.createUpdate(text)")).hasSize(1);
        assertThat(builtFromParts("values.update(sql, text)")).hasSize(1);
        assertThat(builtFromParts("sql.createUpdate(KeySql.INSERT_KEY)")).isEmpty();
        assertThat(builtFromParts("values.update(sql, KeySql.INSERT_KEY)")).isEmpty();
    }

    private static List<String> builtFromParts(String source) {
        Matcher matcher = RUNS_SQL.matcher(source);
        return matcher.results()
                .map(found -> found.group(1)
                        .replaceFirst("^(sql|Handle handle), ", "")
                        .strip())
                .filter(argument -> !argument.isEmpty() && !HANDED_ON.contains(argument))
                .filter(argument -> !argument.matches("KeySql\\.[A-Z_]+"))
                .filter(argument -> !argument.matches("\"[^\"+]*\""))
                .toList();
    }

    /** LIKE has patterns of its own; it is not used. */
    @Test
    void noStatementMatchesPatterns() {
        assertThat(statements().values())
                .noneMatch(
                        sql -> Pattern.compile("(?i)\\blike\\b|~").matcher(sql).find());
    }

    private static Map<String, String> statements() {
        return Arrays.stream(KeySql.class.getDeclaredFields())
                .filter(field -> field.getType() == String.class)
                .collect(Collectors.toMap(Field::getName, KeySqlTest::text));
    }

    private static String text(Field field) {
        try {
            return (String) field.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static Map<String, String> sources() {
        try (Stream<Path> files = Files.list(SOURCES)) {
            return files.collect(Collectors.toMap(file -> file.getFileName().toString(), KeySqlTest::read));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
