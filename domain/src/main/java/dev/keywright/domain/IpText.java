package dev.keywright.domain;

import java.util.Arrays;

/** The texts of addresses: a strict reader, and the one canonical form of each (RFC 5952). */
final class IpText {

    private static final int GROUPS = 8;

    private final String text;
    private final String whole;
    private final int[] groups = new int[GROUPS];
    private int count;
    /** Where {@code ::} stands, as a number of groups before it; -1 without one. */
    private int gap = -1;

    private IpText(String text, String whole) {
        this.text = text;
        this.whole = whole;
    }

    /** Reads an address; a refusal quotes the whole text that it was given in. */
    static IpAddress parse(String text, String whole) {
        return text.indexOf(':') >= 0 ? new IpText(text, whole).ipv6() : IpAddress.ofIpv4(quad(text, whole));
    }

    private static InvalidValueException refused(String whole) {
        return new InvalidValueException(Quoted.text(whole) + " is no IP address or CIDR block");
    }

    /** Four numbers from 0 to 255 in ASCII digits without leading zeros. */
    private static long quad(String quad, String whole) {
        long bits = 0;
        int at = 0;
        for (int part = 0; part < 4; part++) {
            int start = at;
            int value = 0;
            while (at < quad.length() && at - start < 3 && isDigit(quad.charAt(at))) {
                value = value * 10 + quad.charAt(at++) - '0';
            }
            boolean leadingZero = at - start > 1 && quad.charAt(start) == '0';
            boolean ended = part < 3 ? at < quad.length() && quad.charAt(at) == '.' : at == quad.length();
            if (at == start || leadingZero || value > 255 || !ended) {
                throw refused(whole);
            }
            at++;
            bits = bits << 8 | value;
        }
        return bits;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private IpAddress ipv6() {
        int at = 0;
        if (text.startsWith("::")) {
            gap = 0;
            at = 2;
        }
        boolean afterGroup = false;
        while (at < text.length()) {
            if (afterGroup) {
                at = separator(at);
            }
            if (at == text.length()) {
                break;
            }
            int end = endOfGroup(at);
            if (end < text.length() && text.charAt(end) == '.') {
                dottedTail(at);
                at = text.length();
            } else {
                add(hex(at, end));
                at = end;
            }
            afterGroup = true;
        }
        return assembled();
    }

    /** Passes {@code :} between two groups, or {@code ::} once, which may also end the text. */
    private int separator(int at) {
        if (text.charAt(at) != ':') {
            throw refused(whole);
        }
        int next = at + 1;
        if (next < text.length() && text.charAt(next) == ':') {
            if (gap >= 0) {
                throw refused(whole);
            }
            gap = count;
            return next + 1;
        }
        if (next == text.length()) {
            throw refused(whole);
        }
        return next;
    }

    private int endOfGroup(int from) {
        int end = from;
        while (end < text.length() && Character.digit(text.charAt(end), 16) >= 0 && text.charAt(end) < 128) {
            end++;
        }
        return end;
    }

    private int hex(int from, int to) {
        if (to == from || to - from > 4) {
            throw refused(whole);
        }
        return Integer.parseInt(text, from, to, 16);
    }

    private void dottedTail(int from) {
        long bits = quad(text.substring(from), whole);
        if (Arrays.stream(groups, 0, count).allMatch(group -> group == 0)) {
            throw new InvalidValueException(Quoted.text(whole)
                    + " is an IPv4-compatible address, which RFC 4291 has retired; did you mean "
                    + IpAddress.ofIpv4(bits) + "?");
        }
        add((int) (bits >>> 16));
        add((int) (bits & 0xffff));
    }

    private void add(int group) {
        if (count == GROUPS) {
            throw refused(whole);
        }
        groups[count++] = group;
    }

    private IpAddress assembled() {
        if (gap < 0 ? count != GROUPS : count == GROUPS) {
            throw refused(whole);
        }
        long[] halves = new long[2];
        for (int at = 0; at < GROUPS; at++) {
            int group = gap < 0 || at < gap ? groups[at] : at < gap + GROUPS - count ? 0 : groups[at - GROUPS + count];
            halves[at / 4] = halves[at / 4] << 16 | group;
        }
        return IpAddress.ofIpv6(halves[0], halves[1]);
    }

    static String print(IpAddress address) {
        return address.family() == IpAddress.Family.IPV4 ? printQuad(address.low()) : printGroups(address);
    }

    private static String printQuad(long bits) {
        return (bits >>> 24) + "." + (bits >>> 16 & 255) + "." + (bits >>> 8 & 255) + "." + (bits & 255);
    }

    /** RFC 5952: lower case, no leading zeros, the first longest run of two or more zero groups as {@code ::}. */
    private static String printGroups(IpAddress address) {
        int bestStart = -1;
        int bestLength = 1;
        for (int start = 0; start < GROUPS; start++) {
            int length = 0;
            while (start + length < GROUPS && group(address, start + length) == 0) {
                length++;
            }
            if (length > bestLength) {
                bestStart = start;
                bestLength = length;
            }
        }
        StringBuilder text = new StringBuilder(39);
        for (int at = 0; at < GROUPS; at++) {
            if (at == bestStart) {
                text.append("::");
                at += bestLength - 1;
            } else {
                text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":");
                text.append(Integer.toHexString(group(address, at)));
            }
        }
        return text.toString();
    }

    private static int group(IpAddress address, int at) {
        long half = at < 4 ? address.high() : address.low();
        return (int) (half >>> (48 - 16 * (at % 4)) & 0xffff);
    }
}
