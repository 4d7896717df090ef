package offending.keywright.http;

import java.util.concurrent.ThreadLocalRandom;

public final class ThrowsDiceOfItsThread {
    final int pips = ThreadLocalRandom.current().nextInt(6);
}
