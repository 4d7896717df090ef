package offending.keywright.http;

import java.security.SecureRandom;

public final class MakesAGenerator {
    final SecureRandom random = new SecureRandom();
}
