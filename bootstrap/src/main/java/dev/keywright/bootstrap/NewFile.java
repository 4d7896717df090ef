package dev.keywright.bootstrap;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** A file for its owner alone that is written beside its place, and takes it once it is whole and on the disk. */
final class NewFile implements AutoCloseable {

    private final Path place;
    private final boolean replacing;
    private final Path beside;
    private final FileChannel channel;
    private final Writer writer;

    private NewFile(Path place, boolean replacing, Path beside) throws IOException {
        this.place = place;
        this.replacing = replacing;
        this.beside = beside;
        this.channel = FileChannel.open(beside, StandardOpenOption.WRITE);
        this.writer = new BufferedWriter(
                new OutputStreamWriter(Channels.newOutputStream(channel), StandardCharsets.UTF_8), 1 << 16);
    }

    /**
     * Begins it.
     *
     * @param replacing whether a file that is there may be replaced
     */
    static NewFile at(Path file, boolean replacing) {
        Path place = file.toAbsolutePath().normalize();
        if (!replacing && Files.exists(place)) {
            throw inPlace(place);
        }
        try {
            // The library makes temporary files for their owner alone, where the file system knows owners.
            Path beside = Files.createTempFile(
                    Objects.requireNonNull(place.getParent()), "." + place.getFileName() + ".", ".part");
            return new NewFile(place, replacing, beside);
        } catch (IOException e) {
            throw failure(place);
        }
    }

    private static CommandFailure inPlace(Path place) {
        return new CommandFailure(
                ExitStatus.REFUSED, place + " is there already, and is left as it is; --force replaces it");
    }

    private static CommandFailure failure(Path place) {
        return new CommandFailure(
                ExitStatus.UNAVAILABLE, place + " cannot be written: is the folder there, and the disk not full?");
    }

    void line(String line) {
        try {
            writer.write(line);
            writer.write('\n');
        } catch (IOException e) {
            throw failure(place);
        }
    }

    /** Puts the file in its place. */
    void take() {
        try {
            writer.flush();
            channel.force(true);
            writer.close();
            if (replacing) {
                Files.move(beside, place, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } else {
                Files.move(beside, place);
            }
            try (FileChannel folder = FileChannel.open(Objects.requireNonNull(place.getParent()))) {
                folder.force(true);
            }
        } catch (FileAlreadyExistsException e) {
            throw inPlace(place);
        } catch (IOException e) {
            throw failure(place);
        }
    }

    /** Leaves nothing behind of a file that did not take its place. */
    @Override
    public void close() {
        try {
            channel.close();
            Files.deleteIfExists(beside);
        } catch (IOException e) {
            throw failure(place);
        }
    }
}
