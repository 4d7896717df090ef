package dev.keywright.domain;

import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;

/** A set of scopes in alphabetical order. Immutable. */
public final class Scopes implements Iterable<Scope> {

    /** The most scopes that a key may be given, duplicates included. */
    public static final int MAX_ENTRIES = 100;

    private static final Scopes NONE = new Scopes(List.of());

    private final List<Scope> sorted;

    private Scopes(Collection<Scope> scopes) {
        Scope[] all = scopes.toArray(Scope[]::new);
        Arrays.sort(all);
        int distinct = 0;
        for (Scope scope : all) {
            if (distinct == 0 || !scope.equals(all[distinct - 1])) {
                all[distinct++] = scope;
            }
        }
        this.sorted = List.of(Arrays.copyOf(all, distinct));
    }

    /** No scope. */
    public static Scopes none() {
        return NONE;
    }

    /** These scopes. */
    public static Scopes of(Scope... scopes) {
        return of(List.of(scopes));
    }

    /**
     * These scopes.
     *
     * @throws InvalidValueException if there are more than {@value #MAX_ENTRIES}
     */
    public static Scopes of(Collection<Scope> scopes) {
        if (scopes.size() > MAX_ENTRIES) {
            throw new InvalidValueException("There are at most " + MAX_ENTRIES + " scopes, not " + scopes.size());
        }
        return scopes.isEmpty() ? NONE : new Scopes(scopes);
    }

    public boolean isEmpty() {
        return sorted.isEmpty();
    }

    public boolean contains(Scope scope) {
        return sorted.contains(scope);
    }

    /** What of these is not in the others. */
    public Scopes without(Scopes others) {
        if (others.sorted.containsAll(sorted)) {
            return NONE;
        }
        return new Scopes(
                sorted.stream().filter(scope -> !others.contains(scope)).toList());
    }

    /** In alphabetical order. */
    public List<Scope> toList() {
        return sorted;
    }

    @Override
    public Iterator<Scope> iterator() {
        return sorted.iterator();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Scopes scopes && sorted.equals(scopes.sorted);
    }

    @Override
    public int hashCode() {
        return sorted.hashCode();
    }

    @Override
    public String toString() {
        return sorted.stream().map(Scope::value).collect(Collectors.joining(" "));
    }
}
