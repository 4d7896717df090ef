package offending.keywright.http;

import java.util.Date;

public final class KnowsTheDate {
    final Date today = new Date();
}
