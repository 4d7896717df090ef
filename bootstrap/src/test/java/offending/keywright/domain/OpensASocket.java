package offending.keywright.domain;

import java.net.URI;

public final class OpensASocket {
    final URI place = URI.create("x");
}
