package dev.keywright.http;

import dev.keywright.domain.Description;
import dev.keywright.domain.Expiry;
import dev.keywright.domain.InvalidValueException;
import dev.keywright.domain.IpAllowList;
import dev.keywright.domain.IpRange;
import dev.keywright.domain.Scope;
import dev.keywright.domain.Scopes;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns the texts of a request into values of the domain; what cannot be one becomes a fault at its place. */
final class RequestTexts {
    private static final Pattern RFC_3339 = Pattern.compile(
            "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})");

    private final Faults faults;

    RequestTexts(Faults faults) {
        this.faults = faults;
    }

    Optional<Description> description(@Nullable String text) {
        return one("/description", text, Description::new);
    }

    IpAllowList allowList(@Nullable List<String> texts) {
        return IpAllowList.of(each("/whitelistedIPs", texts, IpRange::parse));
    }

    Scopes scopes(@Nullable List<String> texts) {
        return Scopes.of(each("/scopes", texts, Scope::new));
    }

    Expiry expiry(@Nullable String text) {
        return one("/expiresAt", text, RequestTexts::expiryOf).orElse(Expiry.never());
    }

    <T> Optional<T> one(String pointer, @Nullable String text, Function<String, T> parser) {
        return text == null || faults.isFaulty(pointer)
                ? Optional.empty()
                : faults.parse(pointer, () -> parser.apply(text));
    }

    private <T> List<T> each(String pointer, @Nullable List<String> texts, Function<String, T> parser) {
        List<T> values = new ArrayList<>();
        if (texts != null && !faults.isFaulty(pointer)) {
            for (int at = 0; at < texts.size(); at++) {
                one(pointer + "/" + at, texts.get(at), parser).ifPresent(values::add);
            }
        }
        return values;
    }

    private static Expiry expiryOf(String text) {
        if (!RFC_3339.matcher(text).matches()) {
            throw new InvalidValueException(
                    "An instant has a date, a time and an offset, for example 2027-03-02T00:00:00Z");
        }
        try {
            return Expiry.at(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            throw new InvalidValueException(text + " is no instant of the calendar");
        }
    }
}
