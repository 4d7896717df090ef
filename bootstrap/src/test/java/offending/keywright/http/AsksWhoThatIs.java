package offending.keywright.http;

import java.net.InetAddress;

public final class AsksWhoThatIs {
    String of(InetAddress address) {
        return address.getHostName();
    }
}
