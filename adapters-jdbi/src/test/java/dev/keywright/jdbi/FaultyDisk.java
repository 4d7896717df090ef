package dev.keywright.jdbi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** Lets H2 keep a file on a {@link Medium} that fails: {@code faulty:} before its path. H2 makes the instances. */
public final class FaultyDisk extends FilePathWrapper {

    /** What stands before a path. */
    static final String PREFIX = "faulty:";

    private static final Map<Path, Medium> MEDIA = new ConcurrentHashMap<>();

    /** Puts an H2 database on a medium from now on. */
    static Medium holding(Path database) {
        FilePath.register(new FaultyDisk());
        Medium medium = new Medium();
        MEDIA.put(database, medium);
        return medium;
    }

    @Override
    public String getScheme() {
        return PREFIX.substring(0, PREFIX.length() - 1);
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        String path = name.substring(name.lastIndexOf(':') + 1);
        return new OpenFile(getBase().open(mode), MEDIA.get(Path.of(path)));
    }

    /** A file of H2's that is open on a medium. */
    private static final class OpenFile extends FileBaseDefault {

        private final FileChannel file;
        private final Medium medium;

        OpenFile(FileChannel file, Medium medium) {
            this.file = file;
            this.medium = medium;
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
            return medium.write(file, source, position);
        }

        @Override
        protected void implTruncate(long size) throws IOException {
            medium.truncate(file, size);
        }

        @Override
        public void force(boolean metaData) throws IOException {
            medium.force();
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
