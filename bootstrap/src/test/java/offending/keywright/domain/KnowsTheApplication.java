package offending.keywright.domain;

import dev.keywright.application.KeyPolicy;

public final class KnowsTheApplication {
    final KeyPolicy policy = KeyPolicy.defaults();
}
