package offending.keywright.http;

import dev.keywright.bootstrap.Main;

public final class StartsMain {
    void start() {
        Main.main(new String[0]);
    }
}
