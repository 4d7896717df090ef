package dev.keywright.bootstrap;

import dev.keywright.application.spi.RecordedEvent;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;

/** A trail in a file that is gone on with. One process at a time, for as long as it is open. */
final class GrowingTrail implements AutoCloseable {

    /** No line of an event is longer. */
    private static final int TAIL = 64 * 1024;

    private final Path file;
    private final FileChannel channel;
    private final Writer writer;
    private final Optional<RecordedEvent> last;

    private GrowingTrail(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        if (channel.tryLock() == null) {
            throw new CommandFailure(ExitStatus.UNAVAILABLE, file + " is being written by another process");
        }
        long size = channel.size();
        ByteBuffer tail = ByteBuffer.allocate((int) Math.min(size, TAIL));
        for (int read = 0; read >= 0 && tail.hasRemaining(); ) {
            read = channel.read(tail, size - tail.capacity() + tail.position());
        }
        int end = lastLineFeed(tail.array(), tail.position());
        if (end < 0 && size > TAIL) {
            throw noTrail(file);
        }
        this.last = end < 0 ? Optional.empty() : Optional.of(event(file, tail.array(), end));
        channel.position(size - tail.capacity() + end + 1);
        this.writer = new BufferedWriter(
                new OutputStreamWriter(Channels.newOutputStream(channel), StandardCharsets.UTF_8), 1 << 16);
    }

    static GrowingTrail open(Path file) {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] forOwner = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try {
            if (!Files.exists(file)) {
                Files.createFile(file, forOwner);
            }
            FileChannel channel = FileChannel.open(file, EnumSet.of(StandardOpenOption.READ, StandardOpenOption.WRITE));
            try {
                return new GrowingTrail(file, channel);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw failure(file);
        }
    }

    private static int lastLineFeed(byte[] bytes, int length) {
        int at = length - 1;
        while (at >= 0 && bytes[at] != '\n') {
            at--;
        }
        return at;
    }

    private static RecordedEvent event(Path file, byte[] tail, int end) {
        int begin = lastLineFeed(tail, end) + 1;
        return Trail.event(new String(Arrays.copyOfRange(tail, begin, end), StandardCharsets.UTF_8))
                .orElseThrow(() -> noTrail(file));
    }

    private static CommandFailure noTrail(Path file) {
        return new CommandFailure(
                ExitStatus.REFUSED,
                "The last line of " + file + " is not that of a trail; nothing is written behind it");
    }

    private static CommandFailure failure(Path file) {
        return new CommandFailure(
                ExitStatus.UNAVAILABLE, file + " cannot be written: is the folder there, and the disk not full?");
    }

    /** The event of the last whole line. */
    Optional<RecordedEvent> last() {
        return last;
    }

    void line(String line) {
        try {
            writer.write(line);
            writer.write('\n');
        } catch (IOException e) {
            throw failure(file);
        }
    }

    /** Has all lines on the disk, and nothing behind them. */
    void keep() {
        try {
            writer.flush();
            channel.truncate(channel.position());
            channel.force(true);
        } catch (IOException e) {
            throw failure(file);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw failure(file);
        }
    }
}
