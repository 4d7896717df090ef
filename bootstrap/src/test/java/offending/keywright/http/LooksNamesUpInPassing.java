package offending.keywright.http;

import java.net.InetSocketAddress;

public final class LooksNamesUpInPassing {
    InetSocketAddress of(String name) {
        return new InetSocketAddress(name, 80);
    }
}
