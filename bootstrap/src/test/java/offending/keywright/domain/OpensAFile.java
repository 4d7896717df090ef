package offending.keywright.domain;

import java.io.File;

public final class OpensAFile {
    final File file = new File("x");
}
