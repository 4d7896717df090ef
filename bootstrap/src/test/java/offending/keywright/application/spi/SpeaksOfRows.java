package offending.keywright.application.spi;

import java.sql.ResultSet;
import java.util.List;
import java.util.Optional;

public interface SpeaksOfRows {
    Optional<List<ResultSet>> rows();
}
