package dev.keywright.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.domain.KeyReference;
import dev.keywright.domain.VerifiableKey;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever looks up while another thread changes the table finds all that stays and nothing that is gone. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class KeyTableReadersTest {

    private static final int PASSING = 150_000;

    private final KeyTable table = new KeyTable();
    private final List<VerifiableKey> staying = IntStream.range(0, 50)
            .mapToObj(any -> SampleKeys.with(SampleKeys.madeUp()))
            .toList();
    private final AtomicBoolean over = new AtomicBoolean();
    /** How many of the passing ones are gone; those after the next one have not come yet. */
    private volatile int gone;

    /** One of those that pass, in the place of one that stays. */
    private KeyReference passing(int number) {
        return new KeyReference(
                number, staying.get(number % staying.size()).reference().low());
    }

    private void change() {
        try {
            for (int number = 0; number < PASSING; number++) {
                KeyReference reference = passing(number);
                table.put(reference, reference);
                table.remove(reference);
                gone = number + 1;
            }
        } finally {
            over.set(true);
        }
    }

    /** Looks up until the changes are over; what was wrong, if anything was. */
    private Optional<String> look(int seed) {
        Random random = new Random(seed);
        while (!over.get()) {
            VerifiableKey stays = staying.get(random.nextInt(staying.size()));
            if (table.find(stays.reference()) != stays) {
                return Optional.of("lost one that stays");
            }
            int removed = gone;
            if (removed > 0 && table.find(passing(removed - 1 - random.nextInt(Math.min(removed, 20)))) != null) {
                return Optional.of("found one that is gone");
            }
            if (table.find(passing(PASSING)) != null) {
                return Optional.of("found one that never was");
            }
        }
        return Optional.empty();
    }

    @Test
    void readersFindWhatStaysAndNothingThatIsGone() {
        staying.forEach(key -> table.put(key.reference(), key));

        Background<Optional<String>> reader = Background.start(() -> look(1));
        Background<Optional<String>> other = Background.start(() -> look(2));
        change();

        assertThat(reader.result()).isEmpty();
        assertThat(other.result()).isEmpty();
        assertThat(table.size()).isEqualTo(staying.size());
    }
}
