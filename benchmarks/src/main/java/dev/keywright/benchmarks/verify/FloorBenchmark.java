package dev.keywright.benchmarks.verify;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What no verification can do without: the checksum and the hash of what is presented, one look-up by its reference, one look
 * at the clock. It decides nothing. There are two of them, since either may be the cheaper one: the one takes the bytes and
 * the reference out of the text that is presented, as a verification must; the other finds both prepared.
 */
@SuppressWarnings("NullAway.Init")
public class FloorBenchmark {
    private static final int DIGEST_BYTES = 32;

    /** The same texts in the same order as for verifications, and a map from references to digests. */
    @State(Scope.Benchmark)
    public static class Texted {
        /** How many. */
        @Param({"1000", "1000000"})
        public int keys;

        private String[] presented;
        private Map<String, byte[]> digests;

        /** Makes them. */
        @Setup
        public void fill() {
            List<String> texts = Population.known().make(keys, false).stream()
                    .map(Population.Made::presented)
                    .toList();
            MessageDigest hash = sha256();
            digests = new HashMap<>(keys * 2);
            texts.forEach(text -> digests.put(Texts.reference(text), hash.digest(Texts.ascii(text))));
            presented = Population.shuffled(texts);
        }
    }

    /** Their bytes and references in arrays beside them. */
    @State(Scope.Benchmark)
    public static class Prepared {
        private byte[][] bytes;
        private String[] references;
        private Map<String, byte[]> digests;

        /** Takes them out of the texts. */
        @Setup
        public void prepare(Texted texted) {
            bytes = Arrays.stream(texted.presented).map(Texts::ascii).toArray(byte[][]::new);
            references = Arrays.stream(texted.presented).map(Texts::reference).toArray(String[]::new);
            digests = texted.digests;
            texted.presented = new String[0];
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** What each thread uses again and again. */
    @State(Scope.Thread)
    public static class Tools {
        private final CRC32 crc = new CRC32();
        private final MessageDigest hash = sha256();
        private final byte[] digest = new byte[DIGEST_BYTES];

        private void sum(byte[] bytes, Blackhole hole) throws DigestException {
            crc.reset();
            crc.update(bytes, 0, bytes.length - Texts.CHECK_LENGTH);
            hole.consume(crc.getValue());
            hash.update(bytes);
            hash.digest(digest, 0, DIGEST_BYTES);
            hole.consume(digest[0]);
            hole.consume(System.currentTimeMillis());
        }
    }

    /** From the text. */
    @Benchmark
    public void fromText(Texted texted, Tools tools, Turn turn, Blackhole hole) throws DigestException {
        String text = texted.presented[turn.next(texted.presented.length)];
        tools.sum(Texts.ascii(text), hole);
        hole.consume(texted.digests.get(Texts.reference(text)));
    }

    /** From what is prepared. */
    @Benchmark
    public void fromPrepared(Prepared prepared, Tools tools, Turn turn, Blackhole hole) throws DigestException {
        int at = turn.next(prepared.bytes.length);
        tools.sum(prepared.bytes[at], hole);
        hole.consume(prepared.digests.get(prepared.references[at]));
    }
}
