package offending.keywright.domain;

import java.nio.file.Path;

public final class ReadsAPath {
    final Path[] paths = {};
}
