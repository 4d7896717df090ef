package dev.keywright.jdbi;

import dev.keywright.domain.KeyReference;
import dev.keywright.domain.VerifiableKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The questions of a verification, to whichever server is asked: each is one statement and sees one snapshot. */
final class LookUps {

    private LookUps() {}

    /** One question on one connection. */
    interface Question<R> {
        R on(Connection connection) throws SQLException;
    }

    static Question<Optional<VerifiableKey>> one(KeyReference reference) {
        return connection -> {
            try (PreparedStatement statement = connection.prepareStatement(KeySql.LOOK_UP)) {
                statement.setString(1, reference.value());
                try (ResultSet rows = statement.executeQuery()) {
                    return rows.next() ? Optional.of(KeyRows.verifiable(rows)) : Optional.empty();
                }
            }
        };
    }

    static Question<List<VerifiableKey>> all(Set<KeyReference> references) {
        Object[] texts = references.stream().map(KeyReference::value).toArray();
        return connection -> {
            try (PreparedStatement statement = connection.prepareStatement(KeySql.LOOK_UP_ALL)) {
                statement.setArray(1, connection.createArrayOf("varchar", texts));
                try (ResultSet rows = statement.executeQuery()) {
                    List<VerifiableKey> found = new ArrayList<>();
                    while (rows.next()) {
                        found.add(KeyRows.verifiable(rows));
                    }
                    return found;
                }
            }
        };
    }
}
