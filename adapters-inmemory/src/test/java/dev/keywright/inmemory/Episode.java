package dev.keywright.inmemory;

import dev.keywright.application.Caller;
import dev.keywright.application.KeyAdministration;
import dev.keywright.application.KeyPolicy;
import dev.keywright.application.KeyVerification;
import dev.keywright.application.Precondition;
import dev.keywright.application.spi.KeyStore;
import dev.keywright.application.spi.StoreFailure;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.IpAllowList;
import dev.keywright.domain.IpRange;
import dev.keywright.domain.KeyChange;
import dev.keywright.domain.KeyCredential;
import dev.keywright.domain.KeySecret;
import dev.keywright.domain.KeyUpdate;
import dev.keywright.domain.Scopes;
import dev.keywright.domain.SecretDigester;
import dev.keywright.domain.VerifiableKey;
import dev.keywright.domain.Verification;
import dev.keywright.inmemory.KeyHistory.Fault;
import dev.keywright.inmemory.KeyHistory.Request;
import dev.keywright.inmemory.KeyHistory.Seen;
import dev.keywright.testkit.Samples;
import dev.keywright.testkit.SettableTime;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A short time in which several threads verify a few keys on all nodes while others create, restrict, switch and delete them,
 * and what was wrong with what they saw.
 */
final class Episode {

    private static final int KEYS = 6;
    private static final int CHANGES = 6;
    private static final int CHANGING = 2;
    private static final int VERIFYING = 3;
    private static final Request[] REQUESTS = Request.values();

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final SecretDigester DIGESTER = SecretDigester.sha256();
    private static final KeyUpdate TIGHTENED =
            KeyUpdate.nothing().withAllowList(IpAllowList.of(List.of(IpRange.parse("192.0.2.0/24"))));
    private static final KeyUpdate LOOSENED = KeyUpdate.nothing().withAllowList(IpAllowList.anywhere());
    private static final KeyUpdate POWERLESS = KeyUpdate.nothing().withScopes(Scopes.none());
    private static final KeyUpdate POWERFUL = KeyUpdate.nothing().withScopes(Request.FOR_ORDERS.required);

    private final long seed;
    private final Duration bound;
    private final UnsteadyStore store;
    private final List<Node> nodes;
    private final CompanyId company = Samples.company();
    private final Caller host = Caller.trusted(company, Samples.ACTOR);
    private final List<Tried> keys;
    private volatile boolean over;

    private record Node(int number, KeyStore keys, KeyAdministration administration, KeyVerification verification) {}

    /** A key that is tried, perhaps before there is one. */
    private record Tried(ApiKeyId id, KeySecret secret, KeyHistory history) {}

    private record Sight(KeyHistory history, Seen seen) {}

    private interface Act {
        void on(KeyAdministration administration, ApiKeyId id);
    }

    /**
     * @param bound how long a node may see an old state after a change on another
     * @param cache what each node has in front of the store that they share
     */
    Episode(long seed, int nodes, Duration bound, Function<KeyStore, KeyStore> cache) {
        this.seed = seed;
        this.bound = bound;
        this.store = new UnsteadyStore(seed);
        SettableTime time = SettableTime.at(Samples.NOW);
        this.nodes = IntStream.range(0, nodes)
                .mapToObj(number -> {
                    KeyStore own = cache.apply(store);
                    return new Node(
                            number,
                            own,
                            new KeyAdministration(own, time, RANDOM, KeyPolicy.defaults()),
                            new KeyVerification(own, time, DIGESTER));
                })
                .toList();
        this.keys = IntStream.range(0, KEYS)
                .mapToObj(any -> new Tried(Samples.id(), Samples.secret(), new KeyHistory(bound)))
                .toList();
    }

    /** How often each fault occurred. */
    Map<Fault, Integer> faults() {
        List<Background<List<Sight>>> verifying = IntStream.range(0, VERIFYING)
                .mapToObj(number -> Background.start(() -> verify(new Random(seed + number))))
                .toList();
        List<Background<Integer>> changing = IntStream.range(0, CHANGING)
                .mapToObj(number -> Background.start(() -> change(number, new Random(~seed + number))))
                .toList();
        changing.forEach(Background::result);
        long end = System.nanoTime() + bound.toNanos() * 3 / 2;
        Background.await("all nodes must have seen all", () -> System.nanoTime() - end > 0);
        over = true;
        Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
        for (Background<List<Sight>> each : verifying) {
            for (Sight sight : each.result()) {
                sight.history().fault(sight.seen()).ifPresent(fault -> faults.merge(fault, 1, Integer::sum));
            }
        }
        return faults;
    }

    /** How many changes there were. */
    int changes() {
        return keys.stream().mapToInt(key -> key.history().size()).sum();
    }

    private List<Sight> verify(Random random) {
        List<Sight> sights = new ArrayList<>();
        while (!over) {
            Tried key = keys.get(random.nextInt(KEYS));
            String secret = key.secret().reveal();
            for (int times = random.nextInt(40); times >= 0; times--) {
                Node node = nodes.get(random.nextInt(nodes.size()));
                Request request = REQUESTS[random.nextInt(REQUESTS.length)];
                long begun = System.nanoTime();
                try {
                    Verification verdict = node.verification().verify(secret, request.client, request.required);
                    long ended = System.nanoTime();
                    sights.add(new Sight(
                            key.history(), new Seen(node.number(), begun, ended, request, KeyHistory.reason(verdict))));
                } catch (StoreFailure unavailable) {
                    // No verdict.
                }
            }
            if (random.nextInt(4) == 0) {
                LockSupport.parkNanos(random.nextInt(200_000));
            }
        }
        return sights;
    }

    /** Each key belongs to one thread, so that its changes are one after the other. */
    private int change(int number, Random random) {
        List<Tried> own = IntStream.range(0, KEYS)
                .filter(key -> key % CHANGING == number)
                .mapToObj(keys::get)
                .toList();
        own.forEach(key -> create(key, random));
        for (int times = own.size() * CHANGES; times > 0; times--) {
            LockSupport.parkNanos(random.nextInt(1_500_000));
            Tried key = own.get(random.nextInt(own.size()));
            ApiKey now = stored(key).orElseThrow();
            if (now.deletedAt().isEmpty()) {
                change(key, now, act(now, random), random);
            }
        }
        return own.size();
    }

    private void create(Tried key, Random random) {
        KeyChange birth = ApiKey.create(
                key.id(),
                company,
                Samples.draft().withScopes(Request.FOR_ORDERS.required),
                KeyCredential.of(key.secret(), DIGESTER));
        while (stored(key).isEmpty()) {
            Node node = nodes.get(random.nextInt(nodes.size()));
            note(key, node, 0, () -> Samples.insert(node.keys(), birth));
        }
    }

    private static Act act(ApiKey key, Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> (keys, id) -> keys.delete(Caller.trusted(key.company(), Samples.ACTOR), id, Precondition.none());
            case 1, 2 -> updating(key.allowList().equals(IpAllowList.anywhere()) ? TIGHTENED : LOOSENED, key);
            case 3, 4 -> updating(key.scopes().equals(Scopes.none()) ? POWERFUL : POWERLESS, key);
            default ->
                key.enabled()
                        ? (keys, id) ->
                                keys.deactivate(Caller.trusted(key.company(), Samples.ACTOR), id, Precondition.none())
                        : (keys, id) ->
                                keys.activate(Caller.trusted(key.company(), Samples.ACTOR), id, Precondition.none());
        };
    }

    private static Act updating(KeyUpdate update, ApiKey key) {
        return (keys, id) -> keys.update(Caller.trusted(key.company(), Samples.ACTOR), id, update, Precondition.none());
    }

    private void change(Tried key, ApiKey before, Act act, Random random) {
        Node node = nodes.get(random.nextInt(nodes.size()));
        note(key, node, before.revision(), () -> act.on(node.administration(), key.id()));
    }

    /** Does it, and notes it if it has happened, whatever was said. */
    private void note(Tried key, Node node, long revision, Runnable act) {
        long begun = System.nanoTime();
        try {
            act.run();
        } catch (StoreFailure unknown) {
            // The keys themselves tell what came of it.
        }
        long ended = System.nanoTime();
        stored(key)
                .filter(after -> after.revision() > revision)
                .ifPresent(after -> key.history().add(node.number(), begun, ended, VerifiableKey.of(after)));
    }

    private Optional<ApiKey> stored(Tried key) {
        return store.keys().read(reader -> reader.find(company, key.id()));
    }
}
