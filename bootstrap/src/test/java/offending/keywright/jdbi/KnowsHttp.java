package offending.keywright.jdbi;

import dev.keywright.http.HttpSettings;

public final class KnowsHttp {
    final HttpSettings http = HttpSettings.defaults();
}
