package dev.keywright.jdbi;

import dev.keywright.application.Caller;
import dev.keywright.application.KeyAdministration;
import dev.keywright.application.KeyPolicy;
import dev.keywright.application.PageRequest;
import dev.keywright.application.Precondition;
import dev.keywright.domain.Actor;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.Description;
import dev.keywright.domain.KeyDraft;
import dev.keywright.domain.KeyUpdate;
import dev.keywright.domain.UserId;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that changes keys until it is killed, on four threads beside one that reads, and tells each change once it was acknowledged: {@code
 * created ID}, {@code updated ID N}, {@code deleted ID}.
 */
final class StreamOfChanges {

    static final Caller CALLER = Caller.trusted(new CompanyId("acme"), new Actor("host"));

    private StreamOfChanges() {}

    static KeyAdministration administration(Database database) {
        return new KeyAdministration(
                database.store(), InstantSource.system(), new SecureRandom(), KeyPolicy.defaults());
    }

    public static void main(String[] arguments) {
        ChildJvm.print("begun");
        DatabaseSettings settings = DatabaseSettings.of(arguments[0]);
        boolean syncs = Boolean.parseBoolean(arguments[1]);
        KeyAdministration keys = administration(Database.open(syncs ? settings : settings.withoutSync()));
        for (int thread = 0; thread < 4; thread++) {
            new Thread(() -> change(keys)).start();
        }
        new Thread(() -> look(keys)).start();
    }

    private static void look(KeyAdministration keys) {
        while (true) {
            keys.list(CALLER, PageRequest.first());
        }
    }

    private static void change(KeyAdministration keys) {
        for (int round = 1; ; round++) {
            List<ApiKeyId> made = new ArrayList<>();
            for (int each = 0; each < 4; each++) {
                made.add(create(keys, each));
            }
            update(keys, made.get(0), round);
            update(keys, made.get(1), round);
            update(keys, made.get(1), round + 1);
            keys.delete(CALLER, made.get(2), Precondition.none());
            ChildJvm.print("deleted " + made.get(2));
        }
    }

    private static ApiKeyId create(KeyAdministration keys, int each) {
        KeyDraft draft = KeyDraft.of(new UserId("alice"));
        ApiKey key = each % 2 == 0
                ? keys.create(CALLER, draft).key()
                : keys.create(CALLER, draft, Thread.currentThread().getName() + System.nanoTime())
                        .key();
        ChildJvm.print("created " + key.id());
        return key.id();
    }

    private static void update(KeyAdministration keys, ApiKeyId id, int number) {
        Description description = new Description("" + number);
        keys.update(CALLER, id, KeyUpdate.nothing().withDescription(description), Precondition.none());
        ChildJvm.print("updated " + id + " " + number);
    }
}
