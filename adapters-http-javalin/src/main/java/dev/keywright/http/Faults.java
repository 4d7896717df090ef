package dev.keywright.http;

import dev.keywright.domain.InvalidValueException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Collects the faults of one request, so that its sender learns of all of them at once. One fault per place is enough. */
final class Faults {
    private final List<Fault> found = new ArrayList<>();
    private final Set<String> places = new HashSet<>();

    void add(Fault fault) {
        if (places.add(fault.place() + fault.name())) {
            found.add(fault);
        }
    }

    void at(String pointer, String detail) {
        add(Fault.at(pointer, detail));
    }

    boolean isFaulty(String pointer) {
        return places.contains(Fault.Place.POINTER + pointer);
    }

    /** What the parser makes of a value; where it refuses, its words become a fault at the pointer. */
    <T> Optional<T> parse(String pointer, Supplier<T> parser) {
        try {
            return Optional.of(parser.get());
        } catch (InvalidValueException e) {
            at(pointer, e.getMessage());
            return Optional.empty();
        }
    }

    /** Ends the request if anything was found. Faults of the body come in the order of its members. */
    void throwIfAny(List<String> members) {
        if (!found.isEmpty()) {
            throw Problem.validation(sorted(members)).asException();
        }
    }

    private List<Fault> sorted(List<String> members) {
        Map<String, Integer> positions = new HashMap<>();
        members.forEach(name -> positions.putIfAbsent(Fault.token(name), positions.size()));
        Comparator<Fault> byMember = Comparator.comparingInt(fault -> positions.getOrDefault(member(fault), -1));
        return found.stream().sorted(byMember.thenComparingInt(Faults::index)).toList();
    }

    /** The first token of a pointer. Headers and parameters have none and come first, as missing members do. */
    private static String member(Fault fault) {
        if (fault.place() != Fault.Place.POINTER) {
            return "";
        }
        int end = fault.name().indexOf('/', 1);
        return end < 0 ? fault.name() : fault.name().substring(0, end);
    }

    private static int index(Fault fault) {
        String rest = fault.name().substring(member(fault).length());
        return rest.matches("/[0-9]{1,6}") ? Integer.parseInt(rest.substring(1)) : -1;
    }
}
