package dev.keywright.jdbi;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.NamedArgumentFinder;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * What the parameters of a statement stand for, by their names.
 *
 * <p>Jdbi binds them as well; what a change sends is run without it, which is a little faster, mostly in a JVM that has just
 * started.
 */
final class Values implements NamedArgumentFinder {

    /** One value; knows how it is set. */
    interface Value extends Argument {
        void set(PreparedStatement statement, int position) throws SQLException;

        @Override
        default void apply(int position, PreparedStatement statement, StatementContext context) throws SQLException {
            set(statement, position);
        }
    }

    /** A statement with its parameters in the order in which they stand in it. */
    private record Numbered(String sql, List<String> names) {}

    private static final Pattern PARAMETER = Pattern.compile(":([a-z]+)");
    /** As many as there are statements. */
    private static final Map<String, Numbered> NUMBERED = new ConcurrentHashMap<>();

    private final Map<String, Value> byName = new HashMap<>();

    Values with(String name, Value value) {
        byName.put(name, value);
        return this;
    }

    Values with(String name, @Nullable String text) {
        return with(name, (statement, position) -> statement.setString(position, text));
    }

    Values with(String name, boolean value) {
        return with(name, (statement, position) -> statement.setBoolean(position, value));
    }

    Values with(String name, long number) {
        return with(name, (statement, position) -> statement.setLong(position, number));
    }

    /** These and the others; where both have a name, the others go first. */
    Values and(Values others) {
        byName.putAll(others.byName);
        return this;
    }

    /**
     * Runs a statement, or several in one text, with these values.
     *
     * @return how many rows the first one changed
     */
    int update(Handle handle, String sql) throws SQLException {
        Numbered numbered = NUMBERED.computeIfAbsent(sql, Values::number);
        try (PreparedStatement statement = handle.getConnection().prepareStatement(numbered.sql())) {
            set(statement, numbered.names());
            statement.execute();
            return statement.getUpdateCount();
        }
    }

    private static Numbered number(String sql) {
        List<String> names =
                PARAMETER.matcher(sql).results().map(found -> found.group(1)).toList();
        return new Numbered(PARAMETER.matcher(sql).replaceAll("?"), names);
    }

    private void set(PreparedStatement statement, List<String> names) throws SQLException {
        int position = 1;
        for (String name : names) {
            Value value = byName.get(name);
            if (value == null) {
                throw new IllegalArgumentException("the statement has a parameter without a value: " + name);
            }
            value.set(statement, position++);
        }
    }

    @Override
    public Optional<Argument> find(String name, StatementContext context) {
        return Optional.ofNullable(byName.get(name));
    }

    @Override
    public Collection<String> getNames() {
        return byName.keySet();
    }
}
