package dev.keywright.testkit;

import static dev.keywright.testkit.Samples.NOW;
import static dev.keywright.testkit.Samples.WINDOW;
import static dev.keywright.testkit.Samples.created;
import static dev.keywright.testkit.Samples.id;
import static dev.keywright.testkit.Samples.insert;
import static dev.keywright.testkit.Samples.replace;
import static dev.keywright.testkit.Samples.stored;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiVersion;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.Expiry;
import dev.keywright.domain.KeyAction;
import dev.keywright.domain.KeyChange;
import dev.keywright.domain.KeyEvent;
import dev.keywright.domain.KeyUpdate;
import dev.keywright.domain.VersionPin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;

/** Instants and days come out of a store as they were put in, wherever on earth its machine thinks it stands. */
public abstract class KeyInstantsContract extends KeyStoreContract {

    private final CompanyId company = Samples.company();

    @Test
    void instantsAreKeptToTheMillisecondInEveryTimeZoneOfTheMachine() {
        TimeZone before = TimeZone.getDefault();
        List<ApiKey> written = new ArrayList<>();
        try {
            for (String zone : List.of("UTC", "Europe/Berlin", "America/New_York", "Pacific/Apia", "Asia/Kathmandu")) {
                TimeZone.setDefault(TimeZone.getTimeZone(zone));
                for (Instant instant : CriticalInstants.all()) {
                    ApiKey key = keyOf(instant);
                    written.add(key);
                    assertThat(stored(keys(), key)).as(zone).contains(key);
                }
            }
        } finally {
            TimeZone.setDefault(before);
        }
        for (ApiKey key : written) {
            assertThat(stored(keys(), key)).as("read in another zone").contains(key);
        }
    }

    /** A key all of whose instants are this one. */
    private ApiKey keyOf(Instant instant) {
        ApiKey born = insert(keys(), created(company, id(instant)));
        VersionPin pin = new VersionPin(
                Optional.of(ApiVersion.parse("2025-05-22")),
                Optional.of(instant),
                List.of(new VersionPin.Return(ApiVersion.parse("2024-05-22"), instant)));
        return replace(
                keys(),
                new KeyChange(
                        new ApiKey(
                                born.id(),
                                company,
                                born.user(),
                                born.credential(),
                                born.allowList(),
                                born.description(),
                                born.scopes(),
                                pin,
                                Expiry.at(instant),
                                true,
                                instant,
                                Optional.of(instant),
                                2,
                                Optional.empty()),
                        new KeyEvent(KeyAction.DELETED, Set.of(), instant)));
    }

    @Test
    void everyDayThatAVersionCanBeIsKept() {
        for (String day : List.of("0000-01-01", "0000-12-31", "0001-01-01", "1582-10-10", "2024-02-29", "9999-12-31")) {
            ApiKey key = insert(keys(), company);
            KeyUpdate pin = KeyUpdate.nothing().withApiVersion(ApiVersion.parse(day));

            ApiKey pinned = replace(keys(), key.update(pin, NOW, WINDOW).orElseThrow());

            assertThat(stored(keys(), key)).contains(pinned);
        }
    }
}
