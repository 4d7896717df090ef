package dev.keywright.testkit;

import dev.keywright.domain.Actor;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.ApiVersion;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.Description;
import dev.keywright.domain.Expiry;
import dev.keywright.domain.IpAllowList;
import dev.keywright.domain.IpRange;
import dev.keywright.domain.Scope;
import dev.keywright.domain.Scopes;
import dev.keywright.domain.UserId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Generators of the domain's values, for properties: all that they admit, with the awkward ones more often than chance. */
public final class ValueArbitraries {

    /** The first instant that a key can carry. */
    public static final Instant FIRST = Instant.EPOCH;

    /** The last instant that a key can carry. */
    public static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

    private static final List<String> AWKWARD_TEXTS = List.of(
            "a",
            " ",
            "a ",
            " a",
            "a\t",
            "a\r\nb",
            "A",
            "ä",
            "a\u0308",
            "ﬁ",
            "ß",
            "ſ",
            "İ",
            "ı",
            "😀",
            "👩‍👩‍👧‍👦",
            "🇩🇪",
            "e\u0301\u0323",
            "null",
            "''",
            "\"",
            "\\",
            "\\u0000",
            "%_",
            "?",
            ":name",
            "<b>",
            "--",
            ";",
            "{}",
            "\u0001",
            "\u001b[31m",
            "\u0085",
            "\u200b",
            "\u200f",
            "\u202e",
            "\ufeff",
            "\ufffd",
            "\uffff",
            "\ud7ff",
            "\ue000",
            "𝒳",
            "\udbff\udfff",
            "０",
            "٣");

    private ValueArbitraries() {}

    /** Well-formed text of so many code points at most, without NUL; not empty, but perhaps blank. */
    public static Arbitrary<String> texts(int maxCodePoints) {
        Arbitrary<String> anything = Arbitraries.integers()
                .between(1, Character.MAX_CODE_POINT)
                .filter(point -> Character.getType(point) != Character.SURROGATE)
                .map(Character::toString);
        Arbitrary<String> letters = Arbitraries.of("a", "b", "z", "A", "0", "9", "-", "_", ".", "@", " ");
        Arbitrary<String> pieces = Arbitraries.frequencyOf(
                Tuple.of(6, letters), Tuple.of(2, Arbitraries.of(AWKWARD_TEXTS)), Tuple.of(1, anything));
        return pieces.list()
                .ofMinSize(1)
                .ofMaxSize(maxCodePoints)
                .map(list -> cut(String.join("", list), maxCodePoints));
    }

    private static String cut(String text, int maxCodePoints) {
        return text.codePoints()
                .limit(maxCodePoints)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    /** Text that is more than white space. */
    private static Arbitrary<String> names(int maxCodePoints) {
        return texts(maxCodePoints - 1).map(text -> text + "x").flatMap(text -> Arbitraries.of(text, turned(text)));
    }

    private static String turned(String text) {
        return "x" + text.substring(0, text.length() - 1);
    }

    public static Arbitrary<CompanyId> companyIds() {
        return names(CompanyId.MAX_LENGTH).map(CompanyId::new);
    }

    public static Arbitrary<UserId> userIds() {
        return names(UserId.MAX_LENGTH).map(UserId::new);
    }

    public static Arbitrary<Actor> actors() {
        return names(Actor.MAX_LENGTH).map(Actor::new);
    }

    public static Arbitrary<Description> descriptions() {
        return texts(Description.MAX_LENGTH).map(Description::new);
    }

    /** Instants in whole milliseconds from 1970 to the end of 9999; often where a clock is put forward or back. */
    public static Arbitrary<Instant> instants() {
        return instants(FIRST, LAST);
    }

    /** As {@link #instants()}, between two instants, both inclusive. */
    public static Arbitrary<Instant> instants(Instant from, Instant to) {
        Arbitrary<Instant> anywhere = Arbitraries.longs()
                .between(from.toEpochMilli(), to.toEpochMilli())
                .map(Instant::ofEpochMilli);
        List<Instant> critical = CriticalInstants.all().stream()
                .filter(instant -> !instant.isBefore(from) && !instant.isAfter(to))
                .toList();
        return critical.isEmpty()
                ? anywhere
                : Arbitraries.frequencyOf(Tuple.of(3, anywhere), Tuple.of(1, Arbitraries.of(critical)));
    }

    /** Ids that a key can have: any 128 bits with a time of creation up to the year 9999. */
    public static Arbitrary<ApiKeyId> apiKeyIds() {
        return Combinators.combine(instants(), Arbitraries.integers().between(0, 0xffff), Arbitraries.longs())
                .as((at, middle, low) -> new ApiKeyId(at.toEpochMilli() << 16 | middle, low));
    }

    /** Positions in the order of keys: any 128 bits, often the ends. */
    public static Arbitrary<ApiKeyId> positions() {
        Arbitrary<Long> bits = Arbitraries.longs();
        return Arbitraries.oneOf(
                Combinators.combine(bits, bits).as(ApiKeyId::new),
                Arbitraries.of(ApiKeyId.OLDEST, ApiKeyId.OLDEST.next(), ApiKeyId.NEWEST, ApiKeyId.NEWEST.previous()));
    }

    public static Arbitrary<Scope> scopes() {
        Arbitrary<String> tails = Arbitraries.strings()
                .withChars("abcdefghijklmnopqrstuvwxyz0123456789:._-")
                .ofMaxLength(63);
        Arbitrary<Scope> any = Combinators.combine(Arbitraries.chars().range('a', 'z'), tails)
                .as((head, tail) -> new Scope(head + tail));
        return Arbitraries.oneOf(any, Arbitraries.of(Scope.KEYS_READ, Scope.KEYS_WRITE, Scope.KEYS_VERIFY));
    }

    /** From no scope to as many as there may be. */
    public static Arbitrary<Scopes> scopeSets() {
        return scopes().list().ofMaxSize(Scopes.MAX_ENTRIES).map(Scopes::of);
    }

    /** Addresses and blocks of both families. */
    public static Arbitrary<IpRange> ipRanges() {
        Arbitrary<IpRange> ipv4 = Combinators.combine(
                        Arbitraries.longs().between(0, 0xffff_ffffL),
                        Arbitraries.integers().between(0, 32))
                .as((bits, prefix) -> IpRange.parse(quad(bits & (-1L << (32 - prefix))) + "/" + prefix));
        Arbitrary<IpRange> ipv6 = Combinators.combine(
                        Arbitraries.longs(),
                        Arbitraries.longs(),
                        Arbitraries.integers().between(0, 128))
                .as((high, low, prefix) -> IpRange.parse(groups(
                                prefix >= 64 ? high : prefix == 0 ? 0 : high & (-1L << (64 - prefix)),
                                prefix <= 64 ? 0 : low & (-1L << (128 - prefix)))
                        + "/" + prefix));
        return Arbitraries.oneOf(
                ipv4,
                ipv6,
                Arbitraries.of("::", "::1", "0.0.0.0/0", "::/0", "255.255.255.255", "10.0.0.0/8")
                        .map(IpRange::parse));
    }

    private static String quad(long bits) {
        return (bits >>> 24) + "." + (bits >>> 16 & 255) + "." + (bits >>> 8 & 255) + "." + (bits & 255);
    }

    private static String groups(long high, long low) {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < 8; at++) {
            long half = at < 4 ? high : low;
            text.append(at == 0 ? "" : ":").append(Long.toHexString(half >>> (48 - 16 * (at % 4)) & 0xffff));
        }
        return text.toString();
    }

    /** Anywhere, or up to as many ranges as there may be. */
    public static Arbitrary<IpAllowList> allowLists() {
        return ipRanges().list().ofMaxSize(IpAllowList.MAX_ENTRIES).map(IpAllowList::of);
    }

    /** Any day from year 0 to 9999. */
    public static Arbitrary<ApiVersion> apiVersions() {
        long first = LocalDate.of(0, 1, 1).toEpochDay();
        long last = LocalDate.of(9999, 12, 31).toEpochDay();
        return Arbitraries.longs().between(first, last).map(day -> new ApiVersion(LocalDate.ofEpochDay(day)));
    }

    /** Never, or any instant. */
    public static Arbitrary<Expiry> expiries() {
        return instants().optional().map(Expiry::new);
    }
}
