package dev.keywright.jdbi;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Space on the disk of an H2 file that is taken before it is needed, by a file beside it. H2 must not meet the end of the disk: it closes the
 * database at a write that fails, may come to a standstill over that, and needs space to make space. A write that finds no space is repeated
 * in what the reserve was taking, and no change is begun until there is a reserve again.
 *
 * <p>It is whole or not there, as far as anybody looks; one thread at a time makes it.
 */
final class Reserve {

    /** For the changes that share the commit that is under way, and for what H2 writes when it ends. */
    static final int BYTES = 2 << 20;

    private final File file;

    private Reserve(File file) {
        this.file = file;
    }

    /** The one beside a database's file. */
    static Reserve beside(Path database) {
        String name = String.valueOf(database.getFileName()).replace(".mv.db", "");
        return new Reserve(database.resolveSibling(name + ".reserve").toFile());
    }

    /** Whether it is there; it is made if it is not and there is space for it and for as much again. */
    boolean isKept() {
        return file.length() == BYTES || isEnough(file.getParentFile()) && make();
    }

    /** Of file systems that cannot tell how much there is, it is found out by trying. */
    private static boolean isEnough(File folder) {
        return folder.getUsableSpace() >= 2L * BYTES || folder.getTotalSpace() == 0;
    }

    private boolean make() {
        try {
            Files.write(file.toPath(), incompressible());
            return true;
        } catch (IOException full) {
            giveUp();
            return false;
        }
    }

    /** Bytes that no file system can make smaller (Marsaglia, Xorshift RNGs, 2003). */
    private static byte[] incompressible() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        long bits = System.nanoTime() | 1;
        while (bytes.hasRemaining()) {
            bits ^= bits << 13;
            bits ^= bits >>> 7;
            bits ^= bits << 17;
            bytes.putLong(bits);
        }
        return bytes.array();
    }

    /** Gives its space back; answers whether there was any. */
    boolean giveUp() {
        return file.length() > 0 && file.delete();
    }
}
