package dev.keywright.benchmarks.verify;

import com.zaxxer.hikari.HikariDataSource;
import dev.keywright.application.KeyVerification;
import dev.keywright.domain.IpAddress;
import dev.keywright.domain.SecretDigester;
import dev.keywright.domain.Verification;
import dev.keywright.inmemory.NearCache;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** Verifications of good keys that the near cache does not have, beside the look-up in plain JDBC. */
@SuppressWarnings("NullAway.Init")
public class MissBenchmark {
    private static final int COLUMNS = 14;

    /** The columns that a verification needs, found by the index of references. */
    private static final String BARE = """
            select company_id, id, user_id, allowed_addresses, scopes, api_version, expires_at,
                   enabled, updated_at, deleted_at, reference, prefix, digest_scheme, digest
              from api_key
             where reference = ?
            """;

    /** Many more keys in the database than in the cache. */
    @State(Scope.Benchmark)
    public static class Uncached {
        private final Optional<IpAddress> client = Optional.of(Population.CLIENT);
        /** How many there are. */
        @Param("20000")
        public int keys;

        private H2Keys stored;
        private HikariDataSource pool;
        private KeyVerification verification;

        /** Makes the database. */
        @Setup
        public void fill() throws IOException {
            stored = new H2Keys(keys);
            pool = stored.pool();
            NearCache cache = new NearCache(stored.store(), 2, Duration.ofHours(1), System::nanoTime);
            verification = new KeyVerification(cache, InstantSource.system(), SecretDigester.sha256());
            for (String text : stored.presented) {
                if (!verify(text).isGranted()) {
                    throw new IllegalStateException("a good key was denied");
                }
            }
        }

        private Verification verify(String text) {
            return verification.verify(text, client, Population.REQUIRED);
        }

        /** Deletes it. */
        @TearDown
        public void delete() {
            pool.close();
            stored.close();
        }
    }

    /** A verification that goes through to the database. */
    @Benchmark
    public Verification miss(Uncached uncached, Turn turn) {
        return uncached.verify(uncached.stored.presented[turn.next(uncached.keys)]);
    }

    /** One row from the same database, on a connection from a pool. */
    @Benchmark
    public void bareLookUp(Uncached uncached, Turn turn, Blackhole hole) throws SQLException {
        String reference = Texts.reference(uncached.stored.presented[turn.next(uncached.keys)]);
        try (Connection connection = uncached.pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(BARE)) {
            statement.setString(1, reference);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new IllegalStateException("a key is not there");
                }
                for (int column = 1; column <= COLUMNS; column++) {
                    hole.consume(row.getObject(column));
                }
            }
        }
    }
}
