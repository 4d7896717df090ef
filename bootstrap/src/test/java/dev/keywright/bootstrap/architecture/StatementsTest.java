package dev.keywright.bootstrap.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** R-44: statements are constants with named parameters; no value is ever part of their text. */
final class StatementsTest {

    private static final Path SOURCES = Path.of("../adapters-jdbi/src/main/java");

    /** A call that takes a statement, and what it is given. */
    private static final Pattern STATEMENT = Pattern.compile(
            "\\.(?:create(?:Query|Update|Script|Call|Batch)|prepare(?:Statement|Batch|Call)|execute(?:Query|Update))\\(([^;]*)"
                    + "|\\.update\\(sql, ([^;]*)");

    /** How Values prepares what it is given by {@code update}: there it is looked at. */
    private static final String HANDED_ON = "numbered.sql())";

    private static final Pattern CONSTANT = Pattern.compile("(?s)\\s*(?:KeySql\\.[A-Z_]+\\)|\"[^\"+]*\"\\s*\\)|\\)).*");
    private static final Pattern CONCATENATION = Pattern.compile(
            "\"\\s*\\+|\\+\\s*\"|\\.formatted\\(|String\\.format|StringBuilder|\\.concat\\(|\\.define\\(");

    private static List<String> statementsThatAreNoConstants(String source) {
        return STATEMENT
                .matcher(source)
                .results()
                .map((MatchResult call) -> call.group(call.group(1) == null ? 2 : 1))
                .filter(argument -> !CONSTANT.matcher(argument).matches() && !argument.startsWith(HANDED_ON))
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyStatementIsAConstant() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            assertThat(files.filter(file -> file.toString().endsWith(".java")))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(statementsThatAreNoConstants(read(file)))
                            .as(file.toString())
                            .isEmpty());
        }
    }

    @Test
    void theConstantsAreWhole() {
        assertThat(read(SOURCES.resolve("dev/keywright/jdbi/KeySql.java")))
                .contains("where company_id = :company")
                .doesNotContainPattern(CONCATENATION);
    }

    @Test
    void aStatementThatIsPutTogetherIsCaught() {
        assertThat(statementsThatAreNoConstants(
                        "sql.createQuery(\"select * from t where id = '\" + id + \"'\").one();"))
                .isNotEmpty();
        assertThat(statementsThatAreNoConstants("sql.createUpdate(KeySql.FIND + order).execute();"))
                .isNotEmpty();
        assertThat(statementsThatAreNoConstants("connection.prepareStatement(text);"))
                .isNotEmpty();
        assertThat(statementsThatAreNoConstants("values.update(sql, KeySql.FIND + order);"))
                .isNotEmpty();
        assertThat(statementsThatAreNoConstants("values.update(sql, KeySql.FIND);"))
                .isEmpty();
        assertThat("static final String FIND = \"select \" + COLUMNS;").containsPattern(CONCATENATION);
    }
}
