package dev.keywright.testkit;

import static dev.keywright.testkit.Samples.NOW;
import static dev.keywright.testkit.Samples.created;
import static dev.keywright.testkit.Samples.deactivated;
import static dev.keywright.testkit.Samples.deleted;
import static dev.keywright.testkit.Samples.insert;
import static dev.keywright.testkit.Samples.insertAll;
import static dev.keywright.testkit.Samples.replace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyChange;
import dev.keywright.domain.KeyStatus;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The one order of keys, by the unsigned value of their ids, and the parts that are cut out of it. R-52 */
public abstract class PagingContract extends KeyStoreContract {

    private static final Comparator<ApiKey> NEWEST_FIRST =
            Comparator.comparing(ApiKey::id).reversed();

    private static final SecureRandom RANDOM = new SecureRandom();

    private List<ApiKey> older(CompanyId company, KeyStatus status, ApiKeyId before, long skip, int limit) {
        return keys().read(keys -> List.copyOf(keys.older(company, status, before, skip, limit)));
    }

    private List<ApiKey> newer(CompanyId company, KeyStatus status, ApiKeyId after, int limit) {
        return keys().read(keys -> List.copyOf(keys.newer(company, status, after, limit)));
    }

    /** Ids that crowd around the places where signed and unsigned order part, and that no other test has. */
    @Provide
    Arbitrary<List<ApiKeyId>> ids() {
        Arbitrary<Long> millis =
                Arbitraries.of(NOW.toEpochMilli(), NOW.toEpochMilli() + 1, (1L << 47) - 1, 1L << 47, 0L);
        Arbitrary<Integer> middle = Arbitraries.of(0, 0x7000, 0x7fff, 0x8000, 0xffff);
        return Combinators.combine(millis, middle)
                .as((milli, bits) -> new ApiKeyId(milli << 16 | bits, 0))
                .list()
                .ofMaxSize(8);
    }

    private static ApiKeyId unique(ApiKeyId id) {
        return new ApiKeyId(id.high(), RANDOM.nextLong());
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void everyPartOfTheOrderIsWhatSortingGives(
            @ForAll("ids") List<ApiKeyId> ids,
            @ForAll KeyStatus status,
            @ForAll @IntRange(max = 10) int skip,
            @ForAll @IntRange(min = 1, max = 10) int limit,
            @ForAll("farPosition") ApiKeyId far) {
        CompanyId company = Samples.company();
        List<ApiKey> all = insertAll(
                keys(), ids.stream().map(id -> created(company, unique(id))).toList());
        List<ApiKey> present = IntStream.range(0, all.size())
                .mapToObj(at -> at % 3 == 0 ? replace(keys(), deactivated(all.get(at))) : all.get(at))
                .toList();
        List<ApiKey> matching = present.stream()
                .filter(key -> key.status() == status)
                .sorted(NEWEST_FIRST)
                .toList();

        keys().read(keys -> {
            for (ApiKeyId position : positions(present, far)) {
                assertThat(keys.older(company, status, position, skip, limit))
                        .as("older than %s, without %s", position, skip)
                        .isEqualTo(matching.stream()
                                .filter(key -> key.id().compareTo(position) < 0)
                                .skip(skip)
                                .limit(limit)
                                .toList());
                assertThat(keys.newer(company, status, position, limit))
                        .as("newer than %s", position)
                        .isEqualTo(matching.stream()
                                .filter(key -> key.id().compareTo(position) > 0)
                                .sorted(NEWEST_FIRST.reversed())
                                .limit(limit)
                                .toList());
            }
            assertThat(keys.count(company, status)).isEqualTo(matching.size());
            assertThat(keys.newest(company))
                    .isEqualTo(present.stream().map(ApiKey::id).max(Comparator.naturalOrder()));
            return matching;
        });
    }

    @Provide
    Arbitrary<ApiKeyId> farPosition() {
        return ValueArbitraries.positions();
    }

    private static List<ApiKeyId> positions(List<ApiKey> keys, ApiKeyId far) {
        List<ApiKeyId> positions = new ArrayList<>(List.of(ApiKeyId.OLDEST, ApiKeyId.NEWEST, far));
        keys.stream()
                .map(ApiKey::id)
                .flatMap(id -> Stream.of(id.previous(), id, id.next()))
                .forEach(positions::add);
        return positions;
    }

    @Test
    void keysOfOneMillisecondHaveAnOrderToo() {
        CompanyId company = Samples.company();
        long high = NOW.toEpochMilli() << 16 | 0x7abc;
        long low = RANDOM.nextLong() >>> 2;
        List<ApiKeyId> ascending =
                List.of(new ApiKeyId(high, low), new ApiKeyId(high, low + 1), new ApiKeyId(high, ~low));
        List<ApiKey> inserted = insertAll(
                keys(),
                Stream.of(2, 0, 1)
                        .map(at -> created(company, ascending.get(at)))
                        .toList());

        assertThat(older(company, KeyStatus.ACTIVE, ApiKeyId.NEWEST, 0, 10))
                .containsExactly(inserted.get(0), inserted.get(2), inserted.get(1));
    }

    @Test
    void whatIsSkippedMayBeMoreThanThereIs() {
        CompanyId company = Samples.company();
        insertAll(keys(), created(company, 3));

        for (long skip : new long[] {3, 4, 1L << 31, 1L << 32, Long.MAX_VALUE}) {
            assertThat(older(company, KeyStatus.ACTIVE, ApiKeyId.NEWEST, skip, 10))
                    .as("skip %s", skip)
                    .isEmpty();
        }
    }

    @Test
    void aLimitMayBeMoreThanThereIs() {
        CompanyId company = Samples.company();
        List<ApiKey> inserted = insertAll(keys(), created(company, 3));

        assertThat(older(company, KeyStatus.ACTIVE, ApiKeyId.NEWEST, 1, Integer.MAX_VALUE))
                .containsExactly(inserted.get(1), inserted.get(0));
        assertThat(newer(company, KeyStatus.ACTIVE, inserted.get(0).id(), Integer.MAX_VALUE))
                .containsExactly(inserted.get(1), inserted.get(2));
    }

    @Test
    void aKeyChangesTheListWithItsStatusAndKeepsItsPlace() {
        CompanyId company = Samples.company();
        List<ApiKey> inserted = insertAll(keys(), created(company, 5));
        ApiKey off = replace(keys(), deactivated(inserted.get(3)));
        ApiKey dead = replace(keys(), deleted(inserted.get(1)));

        assertThat(older(company, KeyStatus.INACTIVE, ApiKeyId.NEWEST, 0, 10)).containsExactly(off, dead);
        assertThat(older(company, KeyStatus.ACTIVE, ApiKeyId.NEWEST, 0, 10))
                .containsExactly(inserted.get(4), inserted.get(2), inserted.get(0));

        ApiKey on = replace(keys(), Samples.activated(off));

        assertThat(older(company, KeyStatus.ACTIVE, ApiKeyId.NEWEST, 0, 10))
                .containsExactly(inserted.get(4), on, inserted.get(2), inserted.get(0));
        assertThat(newer(company, KeyStatus.ACTIVE, off.id(), 10)).containsExactly(inserted.get(4));
    }

    /** */
    @Test
    void aPositionNeedsNoKeyOfTheCompany() {
        CompanyId company = Samples.company();
        List<KeyChange> births = created(company, 3);
        KeyChange foreign = created(Samples.company(), births.get(1).after().id());
        insertAll(keys(), List.of(births.get(0), foreign, births.get(2)));
        ApiKeyId position = foreign.after().id();

        assertThat(older(company, KeyStatus.ACTIVE, position, 0, 10))
                .containsExactly(births.get(0).after());
        assertThat(newer(company, KeyStatus.ACTIVE, position, 10))
                .containsExactly(births.get(2).after());
    }

    @Test
    void theNewestKeyCountsWhateverItsStatus() {
        CompanyId company = Samples.company();
        List<ApiKey> inserted = insertAll(keys(), created(company, 2));

        replace(keys(), deleted(inserted.get(1)));

        assertThat(keys().<Optional<ApiKeyId>>read(keys -> keys.newest(company)))
                .contains(inserted.get(1).id());
    }

    /** Whether somebody looked before or not, and whatever its status. */
    @Test
    void aNewKeyGoesAfterAllThatAreThere() {
        CompanyId company = Samples.company();
        for (KeyChange birth : created(company, 3)) {
            ApiKey newest = insert(keys(), birth);
            assertGoesAfter(newest);
            replace(keys(), deleted(newest));
            assertGoesAfter(newest);
        }
    }

    private void assertGoesAfter(ApiKey newest) {
        assertThat(keys().<Optional<ApiKeyId>>write(keys -> keys.newestKnown(newest.company())))
                .hasValueSatisfying(known -> assertThat(known).isGreaterThanOrEqualTo(newest.id()));
    }
}
