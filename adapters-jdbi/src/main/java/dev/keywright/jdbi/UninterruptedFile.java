package dev.keywright.jdbi;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.ArrayList;
import java.util.List;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * The way to an H2 file that stays open when a thread is interrupted while it reads or writes; H2 makes the instances. On H2's default
 * way the file is closed then, and the database with it for everybody; on its asynchronous one another thread reads, at about twice the cost. A write
 * that finds no space gets that of the {@link Reserve}.
 */
public class UninterruptedFile extends FilePathWrapper {

    private static final String SCHEME = "uninterrupted";

    /** What stands before the path of a file. */
    static final String PREFIX = SCHEME + ":";

    /** Makes it known to H2, unless something is known by its name already. */
    static void register() {
        if (!FilePath.get(PREFIX).getScheme().equals(SCHEME)) {
            FilePath.register(new UninterruptedFile());
        }
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new OpenFile(new File(getBase().toString()), mode);
    }

    /**
     * A handle to write and several to read, since each has one position. All are opened and closed together: the lock of a file is
     * lost when any handle on it is closed. Of their channels only the lock is used, which no interruption closes.
     */
    private static final class OpenFile extends FileBaseDefault {

        private static final int READERS = 8;
        private static final int APART = 4096;

        /** On Windows nothing can be read by another handle than the one that locked it. */
        private static final boolean LOCKED_FOR_OTHER_HANDLES = File.separatorChar == '\\';

        private final RandomAccessFile writer;
        private final List<RandomAccessFile> readers = new ArrayList<>();
        private final Reserve reserve;

        OpenFile(File file, String mode) throws IOException {
            reserve = Reserve.beside(file.toPath());
            writer = new RandomAccessFile(file, mode);
            if (LOCKED_FOR_OTHER_HANDLES) {
                readers.add(writer);
                return;
            }
            try {
                while (readers.size() < READERS) {
                    readers.add(new RandomAccessFile(file, "r"));
                }
            } catch (IOException e) {
                close();
                throw e;
            }
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            RandomAccessFile reader = readers.get((int) (position / APART % readers.size()));
            int read;
            synchronized (reader) {
                reader.seek(position);
                read = reader.read(target.array(), target.arrayOffset() + target.position(), target.remaining());
            }
            target.position(target.position() + Math.max(read, 0));
            return read;
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            int length = source.remaining();
            synchronized (writer) {
                try {
                    put(source, position);
                } catch (IOException full) {
                    if (!reserve.giveUp()) {
                        throw full;
                    }
                    put(source, position);
                }
            }
            source.position(source.limit());
            return length;
        }

        private void put(ByteBuffer source, long position) throws IOException {
            writer.seek(position);
            writer.write(source.array(), source.arrayOffset() + source.position(), source.remaining());
        }

        @Override
        public long size() throws IOException {
            return writer.length();
        }

        @Override
        protected void implTruncate(long size) throws IOException {
            synchronized (writer) {
                if (size < writer.length()) {
                    writer.setLength(size);
                }
            }
        }

        @Override
        public void force(boolean metaData) throws IOException {
            writer.getFD().sync();
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return writer.getChannel().tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            close(writer);
            for (RandomAccessFile reader : readers) {
                close(reader);
            }
        }

        /** Not under a read or a write, which would go on with a number that may be another file's by then. */
        private static void close(RandomAccessFile handle) throws IOException {
            synchronized (handle) {
                handle.close();
            }
        }
    }
}
