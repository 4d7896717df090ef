package offending.keywright.http;

import java.util.regex.Pattern;

public final class FindsInPassing {
    private static final Pattern DATE = Pattern.compile("^\\d{4}-\\d{2}-\\d{2}$");

    boolean accepts(String text) {
        return DATE.matcher(text).find();
    }
}
