package offending.keywright.http;

import java.util.Random;

public final class ThrowsDice {
    final int pips = new Random().nextInt(6);
}
