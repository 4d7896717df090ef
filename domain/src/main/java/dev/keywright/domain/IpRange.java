package dev.keywright.domain;

import dev.keywright.domain.IpAddress.Family;

/**
 * One address or one CIDR block. A block of full length is the address itself and is written like it.
 *
 * @param network the first address of the range; its host bits are zero
 * @param prefixLength how many leading bits an address must share, 0 to 32 or 128
 */
public record IpRange(IpAddress network, int prefixLength) {

    private static final int MAPPED_BITS = 96;

    public IpRange {
        if (prefixLength < 0 || prefixLength > network.family().bits()) {
            throw new IllegalArgumentException("a prefix has at most as many bits as its address");
        }
        if (!masked(network, prefixLength).equals(network)) {
            throw new IllegalArgumentException("the host bits of a block are zero");
        }
    }

    /**
     * Reads {@code address} or {@code address/bits}. A block of mapped addresses is the IPv4 block it maps.
     *
     * @throws InvalidValueException if the text is neither, or if the block has host bits set (the message suggests the
     *     block that contains it)
     */
    public static IpRange parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            IpAddress address = IpAddress.parse(text);
            return new IpRange(address, address.family().bits());
        }
        IpAddress address = IpText.parse(text.substring(0, slash), text);
        boolean mapped = address.family() == Family.IPV4 && text.indexOf(':') >= 0;
        int prefix = prefix(
                text, slash, mapped ? Family.IPV6.bits() : address.family().bits());
        if (mapped && prefix < MAPPED_BITS) {
            throw new InvalidValueException("\"" + text
                    + "\" is a block of IPv4-mapped addresses with a prefix under /96; did you mean "
                    + (prefix <= Family.IPV4.bits() ? block(address, prefix) : address.toString()) + "?");
        }
        int bits = mapped ? prefix - MAPPED_BITS : prefix;
        IpRange suggested = block(address, bits);
        if (!suggested.network.equals(address)) {
            throw new InvalidValueException("\"" + text + "\" has host bits set; did you mean " + suggested + "?");
        }
        return suggested;
    }

    private static IpRange block(IpAddress address, int prefix) {
        return new IpRange(masked(address, prefix), prefix);
    }

    private static int prefix(String text, int slash, int most) {
        String digits = text.substring(slash + 1);
        boolean number = !digits.isEmpty()
                && digits.length() <= 3
                && digits.chars().allMatch(c -> c >= '0' && c <= '9')
                && (digits.length() == 1 || digits.charAt(0) != '0');
        if (!number || Integer.parseInt(digits) > most) {
            throw new InvalidValueException(
                    Quoted.text(text) + " has no prefix length from 0 to " + most + " after the slash");
        }
        return Integer.parseInt(digits);
    }

    private static IpAddress masked(IpAddress address, int prefix) {
        if (address.family() == Family.IPV4) {
            return IpAddress.ofIpv4(address.low() & mask(prefix + 32));
        }
        return new IpAddress(Family.IPV6, address.high() & mask(prefix), address.low() & mask(prefix - 64));
    }

    /** The leading {@code bits} of a 64-bit word; none below 0, all above 64. */
    private static long mask(int bits) {
        return bits <= 0 ? 0 : bits >= Long.SIZE ? -1 : -1L << (Long.SIZE - bits);
    }

    /** Whether the address lies in this range; never when the families differ. */
    public boolean contains(IpAddress address) {
        return address.family() == network.family()
                && ((address.high() ^ network.high()) & highMask()) == 0
                && ((address.low() ^ network.low()) & lowMask()) == 0;
    }

    /** Which of the first 64 bits count; an IPv4 address has none there. */
    long highMask() {
        return mask(prefixLength);
    }

    /** Which of the last 64 bits count; an IPv4 address has the last 32. */
    long lowMask() {
        return mask(network.family() == Family.IPV4 ? prefixLength + 32 : prefixLength - 64);
    }

    /** The canonical text: RFC 5952, with the prefix length unless it is the full one. */
    @Override
    public String toString() {
        return prefixLength == network.family().bits() ? network.toString() : network + "/" + prefixLength;
    }
}
