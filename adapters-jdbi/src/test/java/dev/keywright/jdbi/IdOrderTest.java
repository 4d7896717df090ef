package dev.keywright.jdbi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.application.spi.KeyStore;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyStatus;
import dev.keywright.testkit.Samples;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** databases order ids by their unsigned 128 bits, as the domain does, also where a signed order would differ. */
final class IdOrderTest {

    private static final List<ApiKeyId> IDS = Stream.of(
                    ApiKeyId.OLDEST,
                    new ApiKeyId(0, 1),
                    new ApiKeyId(0, Long.MAX_VALUE),
                    new ApiKeyId(0, Long.MIN_VALUE),
                    new ApiKeyId(0, -1),
                    new ApiKeyId(1, 0),
                    new ApiKeyId(0x0199_0000_0000_7000L, Long.MIN_VALUE),
                    new ApiKeyId(0x0199_0000_0000_7000L, -1),
                    new ApiKeyId(0x7fff_ffff_ffff_ffffL, -1),
                    new ApiKeyId(0x8000_0000_0000_0000L, 0),
                    new ApiKeyId(-1, Long.MAX_VALUE),
                    new ApiKeyId(-1, Long.MIN_VALUE),
                    ApiKeyId.NEWEST)
            .toList();

    @ParameterizedTest
    @EnumSource
    void idsAreOrderedByTheirUnsignedValue(Engine engine) {
        try (Database database = Database.open(engine.fresh())) {
            KeyStore store = database.store();
            CompanyId company = Samples.company();
            IDS.stream()
                    .sorted(Comparator.comparingLong(ApiKeyId::low))
                    .forEach(id -> Samples.insert(store, Samples.created(company, id)));

            for (int at = 0; at < IDS.size(); at++) {
                ApiKeyId position = IDS.get(at);
                assertThat(ids(store.read(keys -> keys.newer(company, KeyStatus.ACTIVE, position, 100))))
                        .isEqualTo(IDS.subList(at + 1, IDS.size()));
                assertThat(ids(store.read(keys -> keys.older(company, KeyStatus.ACTIVE, position, 0, 100))))
                        .isEqualTo(reversed(IDS.subList(0, at)));
            }
            assertThat(store.<Optional<ApiKeyId>>read(keys -> keys.newest(company)))
                    .contains(ApiKeyId.NEWEST);
        }
    }

    private static List<ApiKeyId> ids(List<ApiKey> keys) {
        return keys.stream().map(ApiKey::id).toList();
    }

    private static List<ApiKeyId> reversed(List<ApiKeyId> ids) {
        return ids.stream().sorted(Comparator.reverseOrder()).toList();
    }
}
