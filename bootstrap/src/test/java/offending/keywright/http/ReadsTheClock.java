package offending.keywright.http;

import java.time.Instant;

public final class ReadsTheClock {
    final Instant now = Instant.now();
}
