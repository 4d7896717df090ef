package dev.keywright.http;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Every secret of this run, to be looked for in every later answer. Not only whole secrets are found: any
 * {@value #WINDOW} characters in a row of a random part or check count.
 */
final class SeenSecrets {

    private static final int WINDOW = 10;
    private static final Set<String> WINDOWS = ConcurrentHashMap.newKeySet();

    private SeenSecrets() {}

    static void add(String secret) {
        String random = secret.substring(secret.lastIndexOf('_') + 1);
        for (int at = 0; at + WINDOW <= random.length(); at++) {
            WINDOWS.add(random.substring(at, at + WINDOW));
        }
    }

    /** A piece of a secret in this text. */
    static Optional<String> in(String text) {
        for (int at = 0; at + WINDOW <= text.length(); at++) {
            String window = text.substring(at, at + WINDOW);
            if (WINDOWS.contains(window)) {
                return Optional.of(window);
            }
        }
        return Optional.empty();
    }
}
