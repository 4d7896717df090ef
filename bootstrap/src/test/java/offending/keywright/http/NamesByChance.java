package offending.keywright.http;

import java.util.UUID;

public final class NamesByChance {
    final String name = UUID.randomUUID().toString();
}
