package dev.keywright.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Contract section 4, {@code whitelistedIPs}: the list. */
class IpAllowListTest {

    @Test
    void anEmptyListMeansAnyCaller() {
        IpAllowList empty = IpAllowList.of(List.of());

        assertThat(empty).isEqualTo(IpAllowList.anywhere());
        assertThat(empty.isUnrestricted()).isTrue();
        assertThat(empty.permits(IpAddress.parse("192.0.2.1"))).isTrue();
        assertThat(empty.refusal(Optional.empty())).isEmpty();
    }

    @Test
    void duplicatesAreRemovedAndTheOrderIsKept() {
        IpAllowList list =
                list("10.0.0.1", "2001:db8::/32", "10.0.0.1/32", "::ffff:10.0.0.1", "2001:DB8:0::/32", "1.1.1.1");

        assertThat(list.ranges()).extracting(IpRange::toString).containsExactly("10.0.0.1", "2001:db8::/32", "1.1.1.1");
    }

    @Test
    void anEntryInsideAnotherIsKept() {
        assertThat(list("10.0.0.0/8", "10.0.0.1")).hasToString("[10.0.0.0/8, 10.0.0.1]");
    }

    @Test
    void aListHasAtMost100EntriesCountedAsGiven() {
        //
        IpRange one = IpRange.parse("10.0.0.1");
        List<IpRange> hundred = IntStream.range(0, 100)
                .mapToObj(i -> IpRange.parse("10.0.0." + i))
                .toList();

        assertThat(IpAllowList.of(hundred).ranges()).hasSize(100);
        assertThat(IpAllowList.of(Collections.nCopies(100, one)).ranges()).containsExactly(one);
        assertThatThrownBy(() -> IpAllowList.of(Collections.nCopies(101, one)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("A list of addresses has at most 100 entries, not 101");
    }

    @Test
    void aCallerIsLetInByAnyEntry() {
        IpAllowList list = list("10.0.0.0/8", "2001:db8::/32");

        assertThat(list.refusal(Optional.of(IpAddress.parse("10.9.9.9")))).isEmpty();
        assertThat(list.refusal(Optional.of(IpAddress.parse("::ffff:10.9.9.9"))))
                .isEmpty();
        assertThat(list.refusal(Optional.of(IpAddress.parse("2001:db8::1")))).isEmpty();
        assertThat(list.refusal(Optional.of(IpAddress.parse("11.0.0.0")))).contains(Denial.IP_NOT_ALLOWED);
        assertThat(list.refusal(Optional.of(IpAddress.parse("2001:db9::")))).contains(Denial.IP_NOT_ALLOWED);
    }

    @Test
    void aCallerWhoseAddressIsUnknownIsKeptOutOfEveryRestrictedList() {
        //
        assertThat(list("0.0.0.0/0", "::/0").refusal(Optional.empty())).contains(Denial.IP_REQUIRED);
    }

    @Test
    void aListIsEqualToOneOfTheSameEntriesInTheSameOrder() {
        assertThat(list("1.1.1.1", "2.2.2.2")).isEqualTo(list("1.1.1.1", "2.2.2.2", "1.1.1.1"));
        assertThat(list("1.1.1.1", "2.2.2.2")).isNotEqualTo(list("2.2.2.2", "1.1.1.1"));
    }

    private static IpAllowList list(String... entries) {
        return IpAllowList.of(Arrays.stream(entries).map(IpRange::parse).toList());
    }
}
