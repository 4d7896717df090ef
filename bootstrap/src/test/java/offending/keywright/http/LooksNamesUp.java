package offending.keywright.http;

import java.net.InetAddress;
import java.net.UnknownHostException;

public final class LooksNamesUp {
    InetAddress of(String name) throws UnknownHostException {
        return InetAddress.getByName(name);
    }
}
