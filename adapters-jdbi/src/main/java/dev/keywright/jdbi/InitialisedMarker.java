package dev.keywright.jdbi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/**
 * A small file beside an H2 database: here were keys. Should the database be gone at a later start, nobody begins anew
 * without noticing; H2 alone would.
 */
final class InitialisedMarker {

    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private static final String DATABASE = ".mv.db";
    private static final String MARKER = ".initialised";
    private static final String TEXT = """
            Keywright has kept keys in the database of the same name in this folder.
            While this file is here, Keywright refuses to start if that database is missing, empty or damaged.
            Restore the database from a backup. To begin anew without the old keys, delete this file.
            """;

    private final Path database;
    private final Path marker;

    InitialisedMarker(Path database) {
        this.database = database;
        String name = database.getFileName().toString();
        this.marker = database.resolveSibling(name.substring(0, name.length() - DATABASE.length()) + MARKER);
    }

    /**
     * Makes the folder of the database where there is none, for its owner alone: digests and the names of users are
     * nobody else's business. A folder that is there is left as it is.
     */
    void makeFolder() {
        try {
            boolean posix =
                    database.getFileSystem().supportedFileAttributeViews().contains("posix");
            Files.createDirectories(folder(), posix ? new FileAttribute<?>[] {OWNER_ONLY} : new FileAttribute<?>[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path folder() {
        return Objects.requireNonNull(marker.toAbsolutePath().getParent(), "a file lies in a folder");
    }

    boolean isSet() {
        return Files.exists(marker);
    }

    /** Refuses to go on if there were keys and their file is gone. */
    void requireDatabase() {
        if (isSet() && isMissingOrEmpty()) {
            throw lost("is missing or empty");
        }
    }

    private boolean isMissingOrEmpty() {
        try {
            return !Files.exists(database) || Files.size(database) == 0;
        } catch (IOException e) {
            throw new DatabaseRefusedException("The database file " + database + " cannot be looked at: " + e, e);
        }
    }

    /** The refusal of a database that kept keys and holds none of them now. */
    DatabaseRefusedException lost(String what) {
        return new DatabaseRefusedException("The database file " + database + " " + what + ", but keys were kept in it"
                + " before. Restore it from a backup. To begin anew without the old keys, delete " + marker + ".");
    }

    /** Notes, durably, that there are keys from now on. */
    void set() {
        if (isSet()) {
            return;
        }
        try {
            Path whole = Files.createTempFile(folder(), marker.getFileName().toString(), ".new");
            Files.write(whole, TEXT.getBytes(StandardCharsets.UTF_8));
            sync(whole, StandardOpenOption.WRITE);
            Files.move(whole, marker, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            sync(folder(), StandardOpenOption.READ);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void sync(Path path, StandardOpenOption mode) throws IOException {
        try (FileChannel channel = FileChannel.open(path, mode)) {
            channel.force(true);
        }
    }
}
