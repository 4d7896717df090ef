package offending.keywright.domain;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

public final class Logs {
    final Logger log = LoggerFactory.getLogger("x");
}
