package dev.keywright.jdbi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.application.KeyAdministration;
import dev.keywright.application.PageRequest;
import dev.keywright.application.spi.StoreFailure;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.KeyDraft;
import dev.keywright.domain.UserId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.h2.store.fs.FilePath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ADR 31: whoever is interrupted while H2 reads or writes its file for them harms nobody else. */
final class UninterruptedFileTest {

    private static final KeyDraft DRAFT = KeyDraft.of(new UserId("alice"));
    private static final int THREADS = 4;
    private static final int INTERRUPTIONS = 400;

    @TempDir
    private Path folder;

    private final Set<ApiKeyId> acknowledged = ConcurrentHashMap.newKeySet();

    @AfterEach
    void notInterrupted() {
        Thread.interrupted();
    }

    /** With next to no cache, so that H2 reads its file all the time. */
    private DatabaseUrl url() {
        return DatabaseUrl.parse(TestDatabases.inFile(folder).url() + ";CACHE_SIZE=16");
    }

    @Test
    void interruptedThreadsDoNotCloseTheDatabase() throws Exception {
        DatabaseUrl url = url();

        assertThat(staysOpen(url)).isTrue();
        try (Database again = Database.open(url, TestDatabases.inFile(folder), 2, 1)) {
            assertThat(acknowledged).isNotEmpty().allMatch(id -> isThere(again, id));
        }
    }

    /** That the test above can fail. */
    @Test
    void onTheDefaultWayOfH2TheyDo() throws Exception {
        DatabaseUrl url = url();
        String byDefault = url.jdbcUrl().replace(UninterruptedFile.PREFIX, "");

        assertThat(staysOpen(new DatabaseUrl(Dialect.H2, byDefault, url.file())))
                .isFalse();
    }

    @Test
    void whoeverIsInterruptedAlreadyDoesNotCloseItEither() throws IOException {
        UninterruptedFile.register();
        ByteBuffer read = ByteBuffer.allocate(3);
        long size;
        try (FileChannel file =
                FilePath.get(UninterruptedFile.PREFIX + folder.resolve("file")).open("rw")) {
            Thread.currentThread().interrupt();
            FileLock lock = file.tryLock(0, Long.MAX_VALUE, false);
            file.write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}), 10_000);
            file.truncate(20_000);
            file.truncate(10_003);
            file.force(true);
            file.read(read, 10_000);
            lock.release();
            size = file.size();
        }

        assertThat(Thread.interrupted()).isTrue();
        assertThat(read.array()).containsExactly(1, 2, 3);
        assertThat(size).isEqualTo(10_003);
    }

    /** Whether a connection that was there before is still good after all the interruptions. */
    private boolean staysOpen(DatabaseUrl url) throws Exception {
        try (Database database = Database.open(url, TestDatabases.inFile(folder), THREADS, 1)) {
            Connection witness = DriverManager.getConnection(url.jdbcUrl(), "sa", "");
            KeyAdministration keys = StreamOfChanges.administration(database);
            IntStream.range(0, 200).forEach(each -> create(keys));
            AtomicBoolean ended = new AtomicBoolean();
            List<Thread> threads = List.of(
                    repeating(ended, () -> create(keys)),
                    repeating(ended, () -> create(keys)),
                    repeating(ended, () -> keys.list(StreamOfChanges.CALLER, PageRequest.first())),
                    repeating(ended, () -> keys.list(StreamOfChanges.CALLER, PageRequest.first())));
            interruptNowAndThen(threads);
            ended.set(true);
            for (Thread thread : threads) {
                thread.join(Duration.ofSeconds(30).toMillis());
                assertThat(thread.isAlive()).isFalse();
            }
            return isOpen(witness);
        }
    }

    private static boolean isOpen(Connection connection) {
        try (connection;
                Statement statement = connection.createStatement()) {
            statement.execute("create table witness (id integer)");
            statement.execute("drop table witness");
            return true;
        } catch (SQLException closed) {
            return false;
        }
    }

    private void create(KeyAdministration keys) {
        acknowledged.add(keys.create(StreamOfChanges.CALLER, DRAFT).key().id());
    }

    private static Thread repeating(AtomicBoolean ended, Runnable work) {
        Thread thread = new Thread(() -> {
            while (!ended.get()) {
                try {
                    work.run();
                } catch (StoreFailure interrupted) {
                    Thread.interrupted();
                }
            }
        });
        thread.start();
        return thread;
    }

    private static void interruptNowAndThen(List<Thread> threads) {
        Random random = new Random(3);
        for (int time = 0; time < INTERRUPTIONS; time++) {
            // At other moments each time; a sleep would round them to whole milliseconds.
            LockSupport.parkNanos(random.nextInt(1_000_000));
            threads.get(random.nextInt(threads.size())).interrupt();
        }
    }

    private static boolean isThere(Database database, ApiKeyId id) {
        return database.store()
                .read(keys -> keys.find(StreamOfChanges.CALLER.company(), id))
                .isPresent();
    }
}
