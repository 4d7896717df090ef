package dev.keywright.domain;

import static org.assertj.core.api.Assertions.assertThat;

import inet.ipaddr.AddressStringParameters.RangeParameters;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;

/** Contract section 4, {@code whitelistedIPs}: the reader and the canonical text, beside three other readers.. */
class IpAddressPropertiesTest {

    private static final Pattern QUAD = Pattern.compile(
            "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])){3}");
    private static final Pattern GROUPS = Pattern.compile("([0-9a-fA-F]{1,4}(:[0-9a-fA-F]{1,4})*)?");
    private static final Pattern CANONICAL_IPV6 = Pattern.compile("[0-9a-f:]{2,39}");

    private static final IPAddressStringParameters STRICT = new IPAddressStringParameters.Builder()
            .allowEmpty(false)
            .allowAll(false)
            .allowMask(false)
            .allowPrefix(false)
            .allowPrefixOnly(false)
            .allowSingleSegment(false)
            .allowWildcardedSeparator(false)
            .setRangeOptions(RangeParameters.NO_RANGE)
            .getIPv4AddressParametersBuilder()
            .allow_inet_aton(false)
            .allowLeadingZeros(false)
            .getParentBuilder()
            .getIPv6AddressParametersBuilder()
            .allowZone(false)
            .allowBase85(false)
            .getParentBuilder()
            .toParams();

    @Property
    void whatIsPrintedReadsBack(@ForAll("addresses") IpAddress address) {
        assertThat(IpAddress.parse(address.toString())).isEqualTo(address);
    }

    @Property
    void aTextIsRefusedOrPrintsAsTheOneCanonicalForm(@ForAll("nearly") String text) {
        read(text).ifPresent(address -> {
            String canonical = address.toString();
            assertThat(IpAddress.parse(canonical)).isEqualTo(address);
            assertThat(IpAddress.parse(canonical)).hasToString(canonical);
        });
    }

    @Property
    void theGrammarOfRfc4291DecidesWhatIsRead(@ForAll("nearly") String text) {
        assertThat(read(text).isPresent()).as(text).isEqualTo(isInGrammar(text));
    }

    @Property
    void everySpellingIsReadAsTheAddressItSpells(@ForAll("spelled") Tuple2<int[], String> spelled) {
        assertThat(IpAddress.parse(spelled.get2())).isEqualTo(IpTexts.address(spelled.get1()));
    }

    @Property
    void theIpAddressLibraryReadsTheSame(@ForAll("nearly") String text) {
        read(text).ifPresent(address -> {
            byte[] theirs = new IPAddressString(text, STRICT).getAddress().getBytes();
            assertThat(IpAddress.of(inet(theirs))).as(text).isEqualTo(address);
        });
    }

    @Property
    void theIpAddressLibraryPrintsTheSame(@ForAll("addresses") IpAddress address) {
        assertThat(new IPAddressString(address.toString(), STRICT).getAddress().toCanonicalString())
                .isEqualTo(address.toString());
    }

    @Property
    void javaReadsTheSame(@ForAll("nearly") String text) throws UnknownHostException {
        Optional<IpAddress> address = read(text);
        if (address.isPresent()) {
            assertThat(IpAddress.of(InetAddress.getByName(text))).isEqualTo(address.get());
        }
    }

    @Property
    void anIpv6TextFollowsRfc5952(@ForAll("ipv6") IpAddress address) {
        String text = address.toString();

        assertThat(text).matches(CANONICAL_IPV6);
        assertThat(text).doesNotContainPattern("(^|:)0[0-9a-f]");
        assertThat(text.split("::", -1)).hasSizeLessThanOrEqualTo(2);
        assertThat(longestRunOfZeros(text)).isLessThan(2);
    }

    @Property
    void aMappedAddressIsTheAddressItMaps(@ForAll("ipv4") IpAddress address) {
        String hex = Long.toHexString(address.low() >>> 16) + ":" + Long.toHexString(address.low() & 0xffff);

        assertThat(IpAddress.parse("::ffff:" + address)).isEqualTo(address);
        assertThat(IpAddress.parse("::FFFF:" + hex)).isEqualTo(address);
        assertThat(IpAddress.parse("0:0:0:0:0:ffff:" + address)).isEqualTo(address);
    }

    /** The runs that {@code ::} leaves as they are; at most one zero group each once the longest is shortened. */
    private static int longestRunOfZeros(String text) {
        if (text.contains("::")) {
            return 0;
        }
        int longest = 0;
        int run = 0;
        for (String group : text.split(":")) {
            run = group.equals("0") ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }

    /** Written apart from the reader, by cutting up instead of walking through. */
    private static boolean isInGrammar(String text) {
        if (!text.contains(":")) {
            return QUAD.matcher(text).matches();
        }
        int lastColon = text.lastIndexOf(':');
        String tail = text.substring(lastColon + 1);
        boolean dotted = tail.contains(".");
        if (dotted && !QUAD.matcher(tail).matches()) {
            return false;
        }
        String hex = dotted ? text.substring(0, lastColon + 1) + "7:7" : text;
        String[] halves = hex.split("::", -1);
        if (halves.length > 2) {
            return false;
        }
        int groups = 0;
        boolean zeros = true;
        for (String half : halves) {
            if (!GROUPS.matcher(half).matches()) {
                return false;
            }
            groups += half.isEmpty() ? 0 : half.split(":").length;
            zeros &= half.replaceFirst("7:7$", "").matches("[0:]*");
        }
        boolean ipv4Compatible = dotted && zeros;
        return (halves.length == 1 ? groups == 8 : groups <= 7) && !ipv4Compatible;
    }

    private static Optional<IpAddress> read(String text) {
        try {
            return Optional.of(IpAddress.parse(text));
        } catch (InvalidValueException refused) {
            return Optional.empty();
        }
    }

    private static InetAddress inet(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Provide
    Arbitrary<IpAddress> addresses() {
        return IpTexts.addresses();
    }

    @Provide
    Arbitrary<IpAddress> ipv4() {
        return IpTexts.ipv4();
    }

    @Provide
    Arbitrary<IpAddress> ipv6() {
        return IpTexts.ipv6();
    }

    @Provide
    Arbitrary<String> nearly() {
        return IpTexts.nearly();
    }

    @Provide
    Arbitrary<Tuple2<int[], String>> spelled() {
        return IpTexts.groups().flatMap(groups -> IpTexts.spellings(groups).map(text -> Tuple.of(groups, text)));
    }
}
