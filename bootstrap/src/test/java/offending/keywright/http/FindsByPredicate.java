package offending.keywright.http;

import java.util.function.Predicate;
import java.util.regex.Pattern;

public final class FindsByPredicate {
    Predicate<String> date() {
        return Pattern.compile("^\\d{4}-\\d{2}-\\d{2}$").asPredicate();
    }
}
