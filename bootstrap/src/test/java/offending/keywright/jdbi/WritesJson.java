package offending.keywright.jdbi;

import com.fasterxml.jackson.databind.ObjectMapper;

public final class WritesJson {
    final ObjectMapper json = new ObjectMapper();
}
