package offending.keywright.application;

import java.sql.Connection;
import java.util.Optional;

public final class SpeaksSql {
    Optional<Connection> connection = Optional.empty();
}
