package dev.keywright.http;

import dev.keywright.application.PageRequest;
import dev.keywright.application.PageRequest.Start;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.InvalidValueException;
import dev.keywright.domain.KeyStatus;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The query of {@code GET /keys}. */
final class ListQuery {
    static final String AFTER = "startingAfter";
    static final String BEFORE = "endingBefore";
    private static final String OFFSET = "offset";
    private static final List<String> KNOWN = List.of("status", "limit", AFTER, BEFORE, OFFSET);
    /** ASCII only: {@code Long.parseLong} reads the digits of every script. */
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");

    private final QueryString query;
    private final Faults faults;

    private ListQuery(QueryString query, Faults faults) {
        this.query = query;
        this.faults = faults;
    }

    /** The page that a query asks for; a {@link ProblemException} with all faults if it cannot be had. */
    static PageRequest parse(@Nullable String raw) {
        Faults faults = new Faults();
        return new ListQuery(QueryString.read(raw, KNOWN, faults), faults).page();
    }

    private PageRequest page() {
        KeyStatus status = value("status", ListQuery::status).orElse(KeyStatus.ACTIVE);
        int limit = value("limit", ListQuery::limit).orElse(PageRequest.DEFAULT_LIMIT);
        Optional<Start> after = value(AFTER, text -> new Start.After(ApiKeyId.parse(text)));
        Optional<Start> before = value(BEFORE, text -> new Start.Before(ApiKeyId.parse(text)));
        Optional<Start> offset = value(OFFSET, text -> new Start.Offset(offset(text)));
        refuseBoth(AFTER, BEFORE);
        refuseBoth(AFTER, OFFSET);
        refuseBoth(BEFORE, OFFSET);
        faults.throwIfAny(List.of());
        return new PageRequest(
                status, limit, after.or(() -> before).or(() -> offset).orElse(new Start.Offset(0)));
    }

    private <T> Optional<T> value(String name, Function<String, T> parser) {
        return query.value(name).flatMap(text -> {
            try {
                return Optional.of(parser.apply(text));
            } catch (InvalidValueException e) {
                faults.add(Fault.parameter(name, e.getMessage()));
                return Optional.empty();
            }
        });
    }

    private void refuseBoth(String one, String other) {
        if (query.value(one).isPresent() && query.value(other).isPresent()) {
            boolean oneIsLater = query.isAfter(one, other);
            String later = oneIsLater ? one : other;
            String earlier = oneIsLater ? other : one;
            faults.add(
                    Fault.parameter(later, "cannot be used with " + earlier + "; drop " + toDrop(one, other, later)));
        }
    }

    /** Of two cursors the later one goes; beside a cursor it is the offset. */
    private static String toDrop(String one, String other, String later) {
        return one.equals(OFFSET) || other.equals(OFFSET) ? OFFSET : later;
    }

    private static KeyStatus status(String text) {
        for (KeyStatus status : KeyStatus.values()) {
            if (status.name().toLowerCase(Locale.ROOT).equals(text)) {
                return status;
            }
        }
        throw new InvalidValueException("must be active or inactive");
    }

    private static int limit(String text) {
        long limit = DIGITS.matcher(text).matches() ? Long.parseLong(text) : 0;
        if (limit < 1 || limit > PageRequest.MAX_LIMIT) {
            throw new InvalidValueException("must be a whole number from 1 to " + PageRequest.MAX_LIMIT);
        }
        return (int) limit;
    }

    private static long offset(String text) {
        if (!DIGITS.matcher(text).matches()) {
            throw new InvalidValueException("must be a whole number from 0 to 999999999999999999");
        }
        return Long.parseLong(text);
    }
}
