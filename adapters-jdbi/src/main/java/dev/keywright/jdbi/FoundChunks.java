package dev.keywright.jdbi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.h2.mvstore.DataUtils;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * The way to an H2 file on which its newest state is found again after the process was killed, the power failed, or a write
 * did; H2 makes the instances. ADR 28 tells what is wrong without it.
 *
 * <p>H2 writes each state as a chunk, and where it lies into a heading that stands twice at the beginning of the file. It is
 * one chunk behind there: its heading names the one before. In place of the second heading this writes one that names
 * the newest, so that H2 takes that one if it is there whole, and else the one before.
 */
public final class FoundChunks extends FilePathWrapper {

    private static final String SCHEME = "keywright";
    private static final int BLOCK = 4096;

    /** What stands before the path of a file. */
    static final String PREFIX = SCHEME + ":";

    /** Makes it known to H2; may be done again. */
    static void register() {
        FilePath.register(new FoundChunks());
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new OpenFile(getBase().open(mode));
    }

    /** Where a state lies. */
    private record Chunk(String id, long block, long version) {

        /** The chunk that begins with these bytes. */
        static Chunk beginningOf(ByteBuffer bytes, long position) {
            Map<String, String> entries = DataUtils.parseMap(firstLine(bytes));
            return new Chunk(entries.get("chunk"), position / BLOCK, versionIn(entries));
        }

        static long versionIn(Map<String, String> entries) {
            return Long.parseLong(entries.getOrDefault("version", "0"), 16);
        }

        /** This, or the other one, if that is an old one that was moved. */
        Chunk newerOf(Chunk other) {
            return version >= other.version ? this : other;
        }
    }

    private static String firstLine(ByteBuffer bytes) {
        StringBuilder line = new StringBuilder();
        for (int at = bytes.position(); at < bytes.limit() && bytes.get(at) != '\n'; at++) {
            line.append((char) bytes.get(at));
        }
        return line.toString();
    }

    private static boolean begins(ByteBuffer bytes, String with) {
        byte[] expected = with.getBytes(StandardCharsets.ISO_8859_1);
        return bytes.remaining() > expected.length
                && bytes.slice(bytes.position(), expected.length).equals(ByteBuffer.wrap(expected));
    }

    private static final class OpenFile extends FileBaseDefault {

        private final FileChannel file;
        private Optional<Chunk> newest = Optional.empty();

        OpenFile(FileChannel file) {
            this.file = file;
        }

        @Override
        public synchronized int write(ByteBuffer source, long position) throws IOException {
            if (position == 0 && source.remaining() == 2 * BLOCK && begins(source, "H:2,")) {
                ByteBuffer headings = naming(newest, source.duplicate());
                int written = file.write(headings, position);
                source.position(source.position() + written);
                return written;
            }
            if (position >= 2 * BLOCK && begins(source, "chunk:")) {
                Chunk written = Chunk.beginningOf(source, position);
                newest = Optional.of(newest.map(written::newerOf).orElse(written));
            }
            return file.write(source, position);
        }

        /** Headings of which the second names that chunk, if it is newer than what they name. */
        private static ByteBuffer naming(Optional<Chunk> newest, ByteBuffer headings) {
            HashMap<String, String> entries = DataUtils.parseMap(firstLine(headings));
            if (entries.containsKey("clean") || newest.isEmpty()) {
                return headings;
            }
            Chunk chunk = newest.get();
            if (chunk.version() <= Chunk.versionIn(entries)) {
                return headings;
            }
            byte[] first = new byte[BLOCK];
            headings.get(headings.position(), first);
            entries.remove("fletcher");
            entries.put("chunk", chunk.id());
            entries.put("block", Long.toHexString(chunk.block()));
            entries.put("version", Long.toHexString(chunk.version()));
            return ByteBuffer.allocate(2 * BLOCK).put(0, first).put(BLOCK, checked(entries));
        }

        private static byte[] checked(HashMap<String, String> entries) {
            StringBuilder text = new StringBuilder();
            DataUtils.appendMap(text, entries);
            byte[] bytes = text.toString().getBytes(StandardCharsets.ISO_8859_1);
            DataUtils.appendMap(text, "fletcher", DataUtils.getFletcher32(bytes, 0, bytes.length));
            return text.append('\n').toString().getBytes(StandardCharsets.ISO_8859_1);
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return file.read(target, position);
        }

        @Override
        protected void implTruncate(long size) throws IOException {
            file.truncate(size);
        }

        @Override
        public void force(boolean metaData) throws IOException {
            file.force(metaData);
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return file.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }
    }
}
