package dev.keywright.domain;

import dev.keywright.domain.IpAddress.Family;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Ranges made ready for a look at every verification: the places at which the line of all addresses of a family enters a range
 * or leaves it, in ascending order, side by side in memory. An address lies in a range if an odd number of places is not
 * greater. The end of the line is no place.
 */
final class IpIntervals {

    /** By first address, and of those that begin together the longest first. */
    private static final Comparator<IpRange> ORDER = Comparator.<IpRange>comparingLong(
                    range -> range.network().high() + Long.MIN_VALUE)
            .thenComparingLong(range -> range.network().low() + Long.MIN_VALUE)
            .thenComparingInt(IpRange::prefixLength);

    private IpIntervals() {}

    /** The places of the IPv4 ranges among these. */
    static int[] ipv4(Collection<IpRange> ranges) {
        List<IpRange> apart = apart(ranges, Family.IPV4);
        int[] places = new int[2 * apart.size()];
        int count = 0;
        for (IpRange range : apart) {
            int last = (int) (range.network().low() | ~range.lowMask());
            places[count++] = (int) range.network().low();
            if (last != -1) {
                places[count++] = last + 1;
            }
        }
        return Arrays.copyOf(places, count);
    }

    /** The places of the IPv6 ranges among these: the first 64 bits of each, then the last. */
    static long[] ipv6(Collection<IpRange> ranges) {
        List<IpRange> apart = apart(ranges, Family.IPV6);
        long[] places = new long[4 * apart.size()];
        int count = 0;
        for (IpRange range : apart) {
            places[count++] = range.network().high();
            places[count++] = range.network().low();
            long low = (range.network().low() | ~range.lowMask()) + 1;
            long high = (range.network().high() | ~range.highMask()) + (low == 0 ? 1 : 0);
            if (high != 0 || low != 0) {
                places[count++] = high;
                places[count++] = low;
            }
        }
        return Arrays.copyOf(places, count);
    }

    /** Without those that lie in others. Blocks never overlap by halves: of two, one holds the other or they are apart. */
    private static List<IpRange> apart(Collection<IpRange> ranges, Family family) {
        List<IpRange> sorted = new ArrayList<>(ranges.size());
        for (IpRange range : ranges) {
            if (range.network().family() == family) {
                sorted.add(range);
            }
        }
        sorted.sort(ORDER);
        List<IpRange> apart = new ArrayList<>(sorted.size());
        for (IpRange range : sorted) {
            if (apart.isEmpty() || !apart.get(apart.size() - 1).contains(range.network())) {
                apart.add(range);
            }
        }
        return apart;
    }

    static boolean contain(int[] places, int address) {
        int from = 0;
        int to = places.length;
        while (from < to) {
            int middle = from + to >>> 1;
            if (Integer.compareUnsigned(places[middle], address) <= 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return (from & 1) == 1;
    }

    static boolean contain(long[] places, long high, long low) {
        int from = 0;
        int to = places.length / 2;
        while (from < to) {
            int middle = from + to >>> 1;
            int byHigh = Long.compareUnsigned(places[2 * middle], high);
            if (byHigh < 0 || byHigh == 0 && Long.compareUnsigned(places[2 * middle + 1], low) <= 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return (from & 1) == 1;
    }
}
