package offending.keywright.http;

import java.time.Instant;
import java.util.function.Supplier;

public final class HandsTheClockOn {
    final Supplier<Instant> now = Instant::now;
}
