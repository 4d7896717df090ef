package dev.keywright.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.domain.KeyReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever looks up while one generation follows another finds what was put in lately. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class GenerationsReadersTest {

    private static final int MOST = 64;
    private static final int ROUNDS = 3_000;

    private final List<KeyReference> references =
            Stream.generate(SampleKeys::madeUp).limit(4 * MOST).toList();
    private final Generations generations = new Generations(MOST, Duration.ofHours(1), 0);
    private final AtomicBoolean over = new AtomicBoolean();
    /** How many were put in so far, one after the other and round again. */
    private volatile int put;

    private KeyReference reference(int number) {
        return references.get(number % references.size());
    }

    private int lostByReader() {
        int lost = 0;
        while (!over.get()) {
            int last = put - 1;
            if (last >= 0 && generations.find(reference(last), 1) == null && put - last < MOST / 2) {
                lost++;
            }
        }
        return lost;
    }

    @Test
    void readersFindWhatWasPutInLately() {
        Background<Integer> one = Background.start(this::lostByReader);
        Background<Integer> other = Background.start(this::lostByReader);

        for (int number = 0; number < ROUNDS * MOST; number++) {
            generations.put(reference(number), reference(number), 1);
            put = number + 1;
        }
        over.set(true);

        assertThat(one.result()).isZero();
        assertThat(other.result()).isZero();
    }
}
