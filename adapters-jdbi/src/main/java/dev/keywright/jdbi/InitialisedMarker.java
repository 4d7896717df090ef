package dev.keywright.jdbi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A small file beside an H2 database: here were keys, and so many events. Should the database be gone at a later start, or
 * have fallen back to an older state, nobody goes on without noticing. H2 alone would: it begins a missing database anew, and
 * of a truncated file it may take up a state in which revoked keys are still good.
 */
final class InitialisedMarker {

    private static final String DATABASE = ".mv.db";
    private static final String MARKER = ".initialised";
    private static final String TEXT = """
            Keywright has kept keys in the database of the same name in this folder.
            While this file is here, Keywright refuses to start if that database is missing, empty or older than this file.
            Restore the database from a backup. To go on with what is there, be it nothing, delete this file.
            """;

    private static final String EVENTS = "Newest event: ";
    private static final Pattern EVENTS_LINE = Pattern.compile("(?m)^" + EVENTS + "([0-9]{1,18})$");

    private final Path database;
    private final Path marker;

    InitialisedMarker(Path database) {
        this.database = database;
        String name = database.getFileName().toString();
        this.marker = database.resolveSibling(name.substring(0, name.length() - DATABASE.length()) + MARKER);
    }

    /**
     * Makes the database's file, and its folder, where there is none, for their owner alone: digests and the names of users are
     * nobody else's business. What is there is left as it is.
     */
    void makeFile() {
        try {
            Files.createDirectories(folder(), forOwner("rwx------"));
            if (!Files.exists(database)) {
                Files.createFile(database, forOwner("rw-------"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private FileAttribute<?>[] forOwner(String permissions) {
        boolean posix = database.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
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
                + " before. Restore it from a backup. To go on with it as it is, without what was lost, delete "
                + marker + ".");
    }

    /** Refuses to go on if the database has fewer events than it had when this was last noted. */
    void requireEvents(long newest) {
        long noted = noted();
        if (newest < noted) {
            throw lost("has lost its last changes (its newest event is " + newest + ", and there was " + noted + ")");
        }
    }

    /** Notes an event that was acknowledged, where the database may not hold it any more: then the next start is refused. */
    void raise(long acknowledged) {
        if (acknowledged > noted()) {
            set(acknowledged);
        }
    }

    private long noted() {
        try {
            Matcher line = EVENTS_LINE.matcher(isSet() ? Files.readString(marker) : "");
            return line.find() ? Long.parseLong(line.group(1)) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Notes, durably, that there are keys from now on, and the newest event of theirs. */
    void set(long newestEvent) {
        try {
            Path whole = Files.createTempFile(folder(), marker.getFileName().toString(), ".new");
            try {
                Files.writeString(whole, TEXT + EVENTS + newestEvent + "\n");
                sync(whole, StandardOpenOption.WRITE);
                Files.move(whole, marker, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                // Only there if it could not take its place.
                Files.deleteIfExists(whole);
            }
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
