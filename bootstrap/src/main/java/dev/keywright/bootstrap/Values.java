package dev.keywright.bootstrap;

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
import org.jspecify.annotations.Nullable;

/** Reads the values of a command and collects all that is wrong with them, so that it is told at once. */
final class Values {

    private final List<String> problems = new ArrayList<>();

    /** The value of an option or parameter; empty if it was not given or is wrong. */
    <T> Optional<T> one(String name, @Nullable String text, Function<String, T> parse) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse.apply(text));
        } catch (InvalidValueException e) {
            problems.add(name + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    Optional<IpAllowList> allowList(String name, @Nullable List<String> texts) {
        return all(name, texts, IpRange::parse, IpAllowList::of);
    }

    Optional<Scopes> scopes(String name, @Nullable List<String> texts) {
        return all(name, texts, Scope::new, Scopes::of);
    }

    private <T, R> Optional<R> all(
            String name, @Nullable List<String> texts, Function<String, T> parse, Function<List<T>, R> collect) {
        if (texts == null) {
            return Optional.empty();
        }
        List<T> values =
                texts.stream().flatMap(text -> one(name, text, parse).stream()).toList();
        return one(name, "", all -> collect.apply(values));
    }

    /** An instant with an offset, as RFC 3339 writes it. */
    static Expiry expiry(String text) {
        try {
            return Expiry.at(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            throw new InvalidValueException("An expiry is an instant with an offset, for example 2030-01-31T12:00:00Z");
        }
    }

    /** Notes something wrong that no single value shows. */
    void require(boolean right, String sentence) {
        if (!right) {
            problems.add(sentence);
        }
    }

    /**
     * Ends the reading.
     *
     * @throws CommandFailure if anything was wrong
     */
    void finish() {
        if (!problems.isEmpty()) {
            throw new CommandFailure(ExitStatus.USAGE, String.join("\n", problems));
        }
    }
}
