package dev.keywright.benchmarks.store;

import dev.keywright.jdbi.UninterruptedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.concurrent.atomic.LongAdder;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;

/** Stands between H2 and its files, and counts what goes to the disk. H2 makes the instances. */
public final class CountedSyncs extends UninterruptedFile {

    private static final LongAdder SYNCS = new LongAdder();
    private static final LongAdder BYTES = new LongAdder();

    /** Counts for all H2 files that are opened from now on, until {@link #end}. */
    static void begin() {
        FilePath.register(new CountedSyncs());
    }

    static void end() {
        FilePath.register(new UninterruptedFile());
    }

    /** How many times files were synced since the process began. */
    static long syncs() {
        return SYNCS.sum();
    }

    /** How many bytes were written since the process began. */
    static long bytes() {
        return BYTES.sum();
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new Counted(super.open(mode));
    }

    private static final class Counted extends FileBaseDefault {

        private final FileChannel file;

        Counted(FileChannel file) {
            this.file = file;
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
        public int write(ByteBuffer source, long position) throws IOException {
            int written = file.write(source, position);
            BYTES.add(written);
            return written;
        }

        @Override
        protected void implTruncate(long size) throws IOException {
            file.truncate(size);
        }

        @Override
        public void force(boolean metaData) throws IOException {
            SYNCS.increment();
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
