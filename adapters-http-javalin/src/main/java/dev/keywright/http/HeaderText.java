package dev.keywright.http;

import java.nio.charset.StandardCharsets;

/**
 * Any text as the value of a header: visible ASCII stays, and every other byte of its UTF-8, and the percent sign, is
 * percent-encoded (RFC 3986 section 2.1). So no text begins another header, two texts never look the same, and decoding gives
 * the text back.
 */
final class HeaderText {
    private static final String DIGITS = "0123456789ABCDEF";

    private HeaderText() {}

    static String encoded(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (!stays(text.charAt(at))) {
                return encodedBytes(text.getBytes(StandardCharsets.UTF_8));
            }
        }
        return text;
    }

    private static String encodedBytes(byte[] bytes) {
        StringBuilder encoded = new StringBuilder(bytes.length * 3);
        for (byte each : bytes) {
            if (stays((char) each)) {
                encoded.append((char) each);
            } else {
                encoded.append('%').append(DIGITS.charAt(each >> 4 & 15)).append(DIGITS.charAt(each & 15));
            }
        }
        return encoded.toString();
    }

    private static boolean stays(char c) {
        return c > ' ' && c < 127 && c != '%';
    }
}
