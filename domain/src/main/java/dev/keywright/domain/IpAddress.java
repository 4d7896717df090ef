package dev.keywright.domain;

import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * An IPv4 or IPv6 address. An IPv4-mapped IPv6 address is the IPv4 address it maps. Reading one never looks up a name.
 *
 * @param family the family after mapping
 * @param high the first 64 bits of an IPv6 address; 0 for IPv4
 * @param low the last 64 bits of an IPv6 address; the 32 bits of an IPv4 address
 */
public record IpAddress(Family family, long high, long low) {

    /** The two families; an address of one never lies in a range of the other. */
    public enum Family {
        IPV4(32),
        IPV6(128);

        private final int bits;

        Family(int bits) {
            this.bits = bits;
        }

        /** The length of an address in bits. */
        public int bits() {
            return bits;
        }
    }

    private static final long MAPPED = 0xffff_0000_0000L;
    private static final long LOW_32 = 0xffff_ffffL;

    public IpAddress {
        if (family == Family.IPV4 && (high != 0 || (low & ~LOW_32) != 0)) {
            throw new IllegalArgumentException("an IPv4 address has 32 bits");
        }
        if (family == Family.IPV6 && isMapped(high, low)) {
            throw new IllegalArgumentException("an IPv4-mapped address is an IPv4 address");
        }
    }

    /**
     * Reads the literal text of an address: dotted quad without leading zeros, or RFC 4291 section 2.2 text.
     *
     * @throws InvalidValueException for anything else: host names, short forms, zone ids, ports, brackets, blanks
     */
    public static IpAddress parse(String text) {
        return IpText.parse(text, text);
    }

    /** The address of a socket's peer; an IPv6 scope is left out. */
    public static IpAddress of(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address instanceof Inet6Address
                ? ofIpv6(bits(bytes, 0, 8), bits(bytes, 8, 16))
                : ofIpv4(bits(bytes, 0, 4));
    }

    static IpAddress ofIpv4(long bits) {
        return new IpAddress(Family.IPV4, 0, bits);
    }

    /** An address from 128 bits: IPv4 when they map one. */
    static IpAddress ofIpv6(long high, long low) {
        return isMapped(high, low) ? ofIpv4(low & LOW_32) : new IpAddress(Family.IPV6, high, low);
    }

    static boolean isMapped(long high, long low) {
        return high == 0 && (low & ~LOW_32) == MAPPED;
    }

    private static long bits(byte[] bytes, int from, int to) {
        long bits = 0;
        for (int at = from; at < to; at++) {
            bits = bits << 8 | (bytes[at] & 0xff);
        }
        return bits;
    }

    /** The canonical text: dotted quad, or RFC 5952. */
    @Override
    public String toString() {
        return IpText.print(this);
    }
}
