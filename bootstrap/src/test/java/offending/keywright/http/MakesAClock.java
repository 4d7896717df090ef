package offending.keywright.http;

import java.time.InstantSource;

public final class MakesAClock {
    final InstantSource clock = InstantSource.system();
}
