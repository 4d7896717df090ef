package dev.keywright.domain;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Secrets of any prefix, made from seeds. */
final class Secrets {

    static final String BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private Secrets() {}

    static KeySecret ofSeed(long seed) {
        return KeySecret.random(KeyPrefix.DEFAULT, new SeededRandom(seed));
    }

    static Arbitrary<KeyPrefix> prefixes() {
        Arbitrary<String> letter = Arbitraries.strings().withCharRange('a', 'z').ofLength(1);
        Arbitrary<String> rest = Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('0', '9')
                .ofMaxLength(8);
        return Combinators.combine(letter, rest)
                .as(String::concat)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(parts -> String.join("_", parts))
                .filter(text -> text.length() >= 2 && text.length() <= 24)
                .map(KeyPrefix::new);
    }

    static Arbitrary<KeySecret> any() {
        return Combinators.combine(prefixes(), Arbitraries.longs().withoutEdgeCases())
                .as((prefix, seed) -> KeySecret.random(prefix, new SeededRandom(seed)));
    }

    /** The part that must never be shown: random characters and check. */
    static String hidden(KeySecret secret) {
        return secret.reveal().substring(secret.reveal().length() - 38);
    }
}
