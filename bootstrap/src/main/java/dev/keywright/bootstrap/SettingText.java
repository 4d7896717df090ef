package dev.keywright.bootstrap;

import dev.keywright.domain.InvalidValueException;
import dev.keywright.domain.IpAddress;
import dev.keywright.domain.IpRange;
import dev.keywright.jdbi.DatabaseRefusedException;
import dev.keywright.jdbi.DatabaseSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * How the texts of settings are read. Each method throws an {@link InvalidValueException} whose message follows the name of
 * the setting and a colon, and never repeats the text: it may be a secret that slipped into the wrong place.
 */
final class SettingText {

    private static final int MOST_CACHED = 50_000_000;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final Pattern CREDENTIAL = Pattern.compile("[!-~]{1,8192}");
    /** Where no driver looks for one: H2 takes none from its URL here, and pgjdbc only as a parameter. */
    private static final Pattern MISPLACED_PASSWORD =
            Pattern.compile(".*(;password=|//[^/@?]*:[^/@?]*@).*", Pattern.CASE_INSENSITIVE);

    private static final IpRange LOOPBACK_4 = IpRange.parse("127.0.0.0/8");
    private static final IpRange LOOPBACK_6 = IpRange.parse("::1");

    private SettingText() {}

    static Function<String, Integer> number(int least, int most) {
        return text -> {
            if (!NUMBER.matcher(text).matches() || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
                throw new InvalidValueException("must be a number from " + least + " to " + most);
            }
            return Integer.parseInt(text);
        };
    }

    /** A size that a cache can have, or 0 for none. */
    static int cacheKeys(String text) {
        int keys = number(0, MOST_CACHED).apply(text);
        if (keys == 1) {
            throw new InvalidValueException("must be 0, or from 2 to " + MOST_CACHED);
        }
        return keys;
    }

    static boolean bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new InvalidValueException("must be true or false");
        };
    }

    /** Only literal addresses and {@code localhost}, so that nothing is looked up and nobody is surprised. */
    static String host(String text) {
        if (text.equals("localhost")) {
            return text;
        }
        try {
            return IpAddress.parse(text).toString();
        } catch (InvalidValueException e) {
            throw new InvalidValueException("must be an IP address, for example 127.0.0.1, or localhost");
        }
    }

    static boolean isLoopback(String host) {
        if (host.equals("localhost")) {
            return true;
        }
        try {
            IpAddress address = IpAddress.parse(host);
            return LOOPBACK_4.contains(address) || LOOPBACK_6.contains(address);
        } catch (InvalidValueException e) {
            return false;
        }
    }

    static String databaseUrl(String text) {
        boolean known = text.equals("memory:") || text.startsWith("jdbc:h2:") || text.startsWith("jdbc:postgresql:");
        if (!known) {
            throw new InvalidValueException("must begin with jdbc:h2: or jdbc:postgresql:, or be memory:");
        }
        if (MISPLACED_PASSWORD.matcher(text).matches()) {
            throw new InvalidValueException(
                    "must not hold the password there; give it in " + Setting.DB_PASSWORD.variable());
        }
        if (!text.equals("memory:")) {
            requireSafe(text);
        }
        return text;
    }

    static String standbyUrl(String text) {
        if (!text.startsWith("jdbc:postgresql:")) {
            throw new InvalidValueException("must begin with jdbc:postgresql:");
        }
        return databaseUrl(text);
    }

    private static void requireSafe(String databaseUrl) {
        try {
            DatabaseSettings.of(databaseUrl);
        } catch (DatabaseRefusedException e) {
            throw new InvalidValueException(String.valueOf(e.getMessage()));
        }
    }

    static Function<String, Duration> duration(Duration least, Duration most) {
        return text -> {
            Duration duration = duration(text);
            if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
                throw new InvalidValueException("must be from " + least + " to " + most);
            }
            return duration;
        };
    }

    private static Duration duration(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeException | ArithmeticException e) {
            throw new InvalidValueException("must be an ISO-8601 duration, for example PT72H");
        }
    }

    /** A duration, or {@code off}. */
    static Optional<Duration> lastUsedInterval(String text) {
        return text.equals("off")
                ? Optional.empty()
                : Optional.of(duration(Duration.ZERO, Duration.ofDays(1)).apply(text));
    }

    /** An absolute {@code http} or {@code https} URL of which paths can be formed. */
    static URI url(String text) {
        try {
            URI url = new URI(text);
            String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
            boolean web = scheme.equals("https") || scheme.equals("http");
            if (web
                    && url.getHost() != null
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null
                    && url.getRawUserInfo() == null) {
                return url;
            }
        } catch (URISyntaxException e) {
            throw notAUrl();
        }
        throw notAUrl();
    }

    private static InvalidValueException notAUrl() {
        return new InvalidValueException(
                "must be a URL like https://keys.example.com, without user, query and fragment");
    }

    /** Whether what is sent to this URL can be read on the way. */
    static boolean isPlaintextBeyondThisMachine(URI url) {
        String host = url.getHost().startsWith("[")
                ? url.getHost().substring(1, url.getHost().length() - 1)
                : url.getHost();
        return url.getScheme().equalsIgnoreCase("http") && !isLoopback(host);
    }

    /** A name of somebody else's: any text without blanks around it. */
    static String name(String text) {
        if (!text.equals(text.strip())) {
            throw new InvalidValueException("must not begin or end with white space");
        }
        return text;
    }

    /** What can stand in an {@code Authorization} header. */
    static String credential(String text) {
        if (!CREDENTIAL.matcher(text).matches()) {
            throw new InvalidValueException("must be a key or a token: visible ASCII characters without blanks");
        }
        return text;
    }

    /** Comma-separated entries, blanks around them left out; tells what is wrong with each of them. */
    static <T> Function<String, List<T>> listOf(Function<String, T> entry) {
        return text -> {
            List<T> entries = new ArrayList<>();
            List<String> wrong = new ArrayList<>();
            for (String one : text.split(",", -1)) {
                try {
                    if (one.isBlank()) {
                        throw new InvalidValueException("There is an empty entry between the commas");
                    }
                    entries.add(entry.apply(one.strip()));
                } catch (InvalidValueException e) {
                    wrong.add(e.getMessage());
                }
            }
            if (!wrong.isEmpty()) {
                throw new InvalidValueException(String.join("; ", wrong));
            }
            return List.copyOf(entries);
        };
    }
}
