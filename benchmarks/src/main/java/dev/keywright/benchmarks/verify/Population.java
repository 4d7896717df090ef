package dev.keywright.benchmarks.verify;

import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.ApiVersion;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.IpAddress;
import dev.keywright.domain.IpAllowList;
import dev.keywright.domain.IpRange;
import dev.keywright.domain.KeyChange;
import dev.keywright.domain.KeyCredential;
import dev.keywright.domain.KeyDraft;
import dev.keywright.domain.KeyPrefix;
import dev.keywright.domain.KeySecret;
import dev.keywright.domain.Scope;
import dev.keywright.domain.Scopes;
import dev.keywright.domain.SecretDigester;
import dev.keywright.domain.UserId;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Keys as a product has them, the same ones in every run: each of another user, a thousand to a company, with one or two
 * scopes, and in memory with one of three versions.
 */
final class Population {
    static final IpAddress CLIENT = IpAddress.parse("203.0.113.7");
    static final Scopes REQUIRED = Scopes.of(new Scope("invoices:read"));

    private static final KeyPrefix PREFIX = new KeyPrefix("kw");
    private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");
    private static final int A_COMPANY = 1_000;

    private static final long SEED = 20_260_101;

    private final SecureRandom random;
    private final SecretDigester digester = SecretDigester.sha256();

    private Population(long seed) {
        random = repeatable(seed);
    }

    /** Those whose keys are known. */
    static Population known() {
        return new Population(SEED);
    }

    /** Others. */
    static Population strangers() {
        return new Population(SEED + 1);
    }

    /** A key and what its user presents. */
    record Made(KeyChange change, String presented) {}

    /** The next keys. */
    List<Made> make(int count, boolean addressLists) {
        List<Made> made = new ArrayList<>(count);
        for (int number = 0; number < count; number++) {
            made.add(make(number, addressLists ? addresses(number) : IpAllowList.anywhere()));
        }
        return made;
    }

    private Made make(int number, IpAllowList addresses) {
        KeySecret secret = KeySecret.random(PREFIX, random);
        KeyDraft draft =
                KeyDraft.of(new UserId(user(number))).withScopes(scopes(number)).withAllowList(addresses);
        ApiKeyId id = ApiKeyId.next(CREATED.plusMillis(number), Optional.empty(), random);
        return new Made(ApiKey.create(id, company(number), draft, KeyCredential.of(secret, digester)), secret.reveal());
    }

    static String user(int number) {
        return String.format(Locale.ROOT, "user-%06d", number);
    }

    static CompanyId company(int number) {
        return new CompanyId("company-" + number / A_COMPANY);
    }

    /** Made anew for each key. */
    static Scopes scopes(int number) {
        Scope reads = new Scope("invoices:read");
        return number % 2 == 0 ? Scopes.of(reads) : Scopes.of(reads, new Scope("invoices:write"));
    }

    /** Made anew for each key. */
    static Optional<ApiVersion> version(int number) {
        return Optional.of(ApiVersion.parse("2024-0" + (1 + number % 3) + "-01"));
    }

    /** A hundred blocks; the client is in the last of them, so that all are looked at. */
    private static IpAllowList addresses(int number) {
        return IpAllowList.of(IntStream.range(0, IpAllowList.MAX_ENTRIES)
                .mapToObj(at -> at == IpAllowList.MAX_ENTRIES - 1
                        ? "203.0.113.0/24"
                        : "10." + number % 250 + "." + (number / 250 + at) % 250 + ".0/24")
                .distinct()
                .map(IpRange::parse)
                .toList());
    }

    /** The secret of the same look whose random part is another, with a check that is right. */
    String withOtherRandomPart(String presented) {
        String other = KeySecret.random(PREFIX, random).reveal();
        return Texts.checked(presented.substring(0, Texts.REFERENCE_END)
                + other.substring(Texts.REFERENCE_END, other.length() - Texts.CHECK_LENGTH));
    }

    /** A secret that nobody was given. */
    String stranger() {
        return KeySecret.random(PREFIX, random).reveal();
    }

    /**
     * What was presented, in an order that no cache of a processor can foresee. The texts themselves lie in memory in this
     * order, as those of requests are just being read when their turn comes; what is known of their keys does not.
     */
    static String[] shuffled(List<String> texts) {
        List<String> shuffled = new ArrayList<>(texts);
        Collections.shuffle(shuffled, new Random(SEED));
        return shuffled.stream().map(text -> new String(text.toCharArray())).toArray(String[]::new);
    }

    private static SecureRandom repeatable(long seed) {
        try {
            SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
            random.setSeed(seed);
            return random;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
