package offending.keywright.http;

import dev.keywright.testkit.SettableTime;

public final class KnowsTheTestkit {
    final Class<?> time = SettableTime.class;
}
