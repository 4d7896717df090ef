package dev.keywright.testkit;

import dev.keywright.domain.Actor;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.Description;
import dev.keywright.domain.Expiry;
import dev.keywright.domain.IpAllowList;
import dev.keywright.domain.IpRange;
import dev.keywright.domain.KeyChange;
import dev.keywright.domain.KeyUse;
import dev.keywright.domain.VersionPin;
import java.text.Normalizer;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Ways in which a store can give a row back other than it was, each applied when the row is put in. */
enum BrokenRows implements UnaryOperator<ApiKey> {
    TRIMS_TEXT {
        @Override
        public ApiKey apply(ApiKey key) {
            return described(key, String::strip);
        }
    },
    NORMALISES_TEXT {
        @Override
        public ApiKey apply(ApiKey key) {
            return described(key, text -> Normalizer.normalize(text, Normalizer.Form.NFC));
        }
    },
    CUTS_TEXT_AT_UTF_16_UNITS {
        @Override
        public ApiKey apply(ApiKey key) {
            return described(key, text -> text.length() > 200 ? text.substring(0, 200) : text);
        }
    },
    CUTS_INSTANTS_TO_SECONDS {
        @Override
        public ApiKey apply(ApiKey key) {
            return expiring(key, at -> at.truncatedTo(ChronoUnit.SECONDS));
        }
    },
    /** Writes local times, of which one comes twice a year. */
    KEEPS_LOCAL_TIMES {
        @Override
        public ApiKey apply(ApiKey key) {
            return expiring(
                    key,
                    at -> LocalDateTime.ofInstant(at, ZoneId.systemDefault())
                            .atZone(ZoneId.systemDefault())
                            .toInstant());
        }
    },
    SORTS_RANGES {
        @Override
        public ApiKey apply(ApiKey key) {
            List<IpRange> sorted = key.allowList().ranges().stream()
                    .sorted(Comparator.comparing(IpRange::toString))
                    .toList();
            return with(key, key.description(), IpAllowList.of(sorted), key.pin(), key.expiry());
        }
    },
    FORGETS_THE_TRAIL {
        @Override
        public ApiKey apply(ApiKey key) {
            VersionPin pin = new VersionPin(key.pin().current(), key.pin().since(), List.of());
            return with(key, key.description(), key.allowList(), pin, key.expiry());
        }
    };

    /** The store whose rows are broken in this way. */
    ReferenceStore store() {
        return new ReferenceStore(state -> new ReferenceWork(state) {
            @Override
            void put(KeyChange change, Optional<KeyUse> lastUse, Actor by) {
                super.put(new KeyChange(apply(change.after()), change.event()), lastUse, by);
            }
        });
    }

    private static ApiKey described(ApiKey key, UnaryOperator<String> change) {
        Optional<Description> description = key.description()
                .map(Description::value)
                .map(change)
                .filter(text -> !text.isEmpty())
                .map(Description::new);
        return with(key, description, key.allowList(), key.pin(), key.expiry());
    }

    private static ApiKey expiring(ApiKey key, UnaryOperator<Instant> change) {
        return with(
                key,
                key.description(),
                key.allowList(),
                key.pin(),
                new Expiry(key.expiry().at().map(change)));
    }

    static ApiKey with(
            ApiKey key, Optional<Description> description, IpAllowList allowList, VersionPin pin, Expiry expiry) {
        return new ApiKey(
                key.id(),
                key.company(),
                key.user(),
                key.credential(),
                allowList,
                description,
                key.scopes(),
                pin,
                expiry,
                key.enabled(),
                key.updatedAt(),
                key.deletedAt(),
                key.revision(),
                key.lastUse());
    }
}
