package dev.keywright.bootstrap;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A file system of some megabytes that can be full: in memory, and mounted by root. */
final class SmallDisk implements AutoCloseable {

    private final Path folder;
    private final Path ballast;

    private SmallDisk(Path folder) {
        this.folder = folder;
        this.ballast = folder.resolve("ballast");
    }

    /** Mounts one there; skips the test where that is not possible. */
    static SmallDisk mounted(Path folder, int megabytes) throws IOException {
        Files.createDirectory(folder);
        assumeThat(ends("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "keywright-test", folder.toString()))
                .as("mounting a file system, for which one has to be root")
                .isTrue();
        return new SmallDisk(folder);
    }

    private static boolean ends(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    Path folder() {
        return folder;
    }

    /** Takes all space that is left. What somebody gives back in that moment may be left again. */
    void fill() throws IOException {
        byte[] page = new byte[4096];
        try (OutputStream out = Files.newOutputStream(ballast)) {
            while (true) {
                out.write(page);
            }
        } catch (IOException full) {
            if (!String.valueOf(full.getMessage()).contains("No space left")) {
                throw full;
            }
        }
    }

    /** Takes some of its space. */
    void take(int bytes) throws IOException {
        Files.write(ballast, new byte[bytes]);
    }

    /** How many bytes are left. */
    long left() {
        return folder.toFile().getUsableSpace();
    }

    /** Gives back the space that was taken. */
    void makeSpace() throws IOException {
        Files.delete(ballast);
    }

    /** Gives it more space. */
    void grow(int megabytes) {
        if (!ends("mount", "-o", "remount,size=" + megabytes + "m", folder.toString())) {
            throw new AssertionError("Not grown: " + folder);
        }
    }

    /** Takes it away at once, also while a process that was killed has not ended yet. */
    @Override
    public void close() {
        if (!ends("umount", "--lazy", folder.toString())) {
            throw new AssertionError("Still mounted: " + folder);
        }
    }
}
