package dev.keywright.jdbi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * What is left of a file when the power fails: all that was forced, and of the rest whatever had found its way. It can also
 * be full.
 */
final class Medium {

    /** What becomes of the writes that were not forced. */
    enum Fate {
        /** None of them is there. */
        LOST,
        /** Those up to some moment are there. */
        CUT_OFF,
        /** Some are there and some are not, in no order. */
        ANY,
        /** All are there: the process was killed, and the power stayed on. */
        KEPT
    }

    /** A write, or with no bytes, a new length of the file. */
    private record Step(long position, byte[] bytes) {}

    private final List<Step> unforced = new ArrayList<>();
    private byte[] forced = new byte[0];
    private boolean off;
    private boolean forgetful;
    private long writesBeforeFull = Long.MAX_VALUE;
    private long writes;
    private long forces;

    synchronized int write(FileChannel file, ByteBuffer source, long position) throws IOException {
        requirePower();
        if (writes >= writesBeforeFull) {
            throw new IOException("No space left on device");
        }
        writes++;
        byte[] bytes = new byte[source.remaining()];
        source.duplicate().get(bytes);
        unforced.add(new Step(position, bytes));
        return file.write(source, position);
    }

    synchronized void truncate(FileChannel file, long size) throws IOException {
        requirePower();
        unforced.add(new Step(size, new byte[0]));
        file.truncate(size);
    }

    synchronized void force() throws IOException {
        requirePower();
        if (forgetful) {
            throw new IOException("Input/output error");
        }
        forces++;
        unforced.forEach(step -> forced = after(forced, step));
        unforced.clear();
    }

    private void requirePower() throws IOException {
        if (off) {
            throw new IOException("The power is off");
        }
    }

    private static byte[] after(byte[] before, Step step) {
        int position = Math.toIntExact(step.position());
        if (step.bytes().length == 0) {
            return Arrays.copyOf(before, position);
        }
        int end = position + step.bytes().length;
        byte[] after = end > before.length ? Arrays.copyOf(before, end) : before;
        System.arraycopy(step.bytes(), 0, after, position, step.bytes().length);
        return after;
    }

    /** Switches the power off; what is left goes into a file. */
    synchronized void cut(Fate fate, Random random, Path remains) throws IOException {
        off = true;
        byte[] left = forced.clone();
        int last = random.nextInt(unforced.size() + 1);
        for (int step = 0; step < unforced.size(); step++) {
            boolean there = switch (fate) {
                case LOST -> false;
                case CUT_OFF -> step < last;
                case ANY -> random.nextBoolean();
                case KEPT -> true;
            };
            left = there ? after(left, unforced.get(step)) : left;
        }
        Files.write(remains, left);
    }

    /** From now on there is space for so many more writes. */
    synchronized void fillUpAfter(long more) {
        writesBeforeFull = writes + more;
    }

    /** There is space again. */
    synchronized void makeSpace() {
        writesBeforeFull = Long.MAX_VALUE;
    }

    /** Whether nothing can be forced from now on. */
    synchronized void forget(boolean all) {
        forgetful = all;
    }

    /** How many writes there were. */
    synchronized long writes() {
        return writes;
    }

    /** How many times all was forced. */
    synchronized long forces() {
        return forces;
    }
}
