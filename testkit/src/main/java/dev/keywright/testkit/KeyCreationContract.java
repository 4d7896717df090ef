package dev.keywright.testkit;

import static dev.keywright.testkit.Samples.NOW;
import static dev.keywright.testkit.Samples.USER;
import static dev.keywright.testkit.Samples.draft;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.application.CreatedKey;
import dev.keywright.application.KeyAdministration;
import dev.keywright.application.KeyPolicy;
import dev.keywright.application.PageRequest;
import dev.keywright.application.Precondition;
import dev.keywright.application.spi.RecordedEvent;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.Description;
import dev.keywright.domain.Expiry;
import dev.keywright.domain.IpAllowList;
import dev.keywright.domain.IpRange;
import dev.keywright.domain.KeyAction;
import dev.keywright.domain.KeyDraft;
import dev.keywright.domain.KeyError;
import dev.keywright.domain.KeyPrefix;
import dev.keywright.domain.KeySecret;
import dev.keywright.domain.KeyStatus;
import dev.keywright.domain.Scope;
import dev.keywright.domain.Scopes;
import dev.keywright.domain.SecretDigester;
import dev.keywright.domain.VerifiableKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keys are made as drafted, each after the ones before it, with a secret that is told once. */
public abstract class KeyCreationContract extends UseCaseContract {

    private static final Scope OWN = new Scope("orders:read");

    private final KeyDraft full = KeyDraft.of(USER)
            .withAllowList(IpAllowList.of(List.of(IpRange.parse("192.0.2.0/24"), IpRange.parse("2001:db8::1"))))
            .withDescription(new Description("nightly export 😀 "))
            .withScopes(Scopes.of(Scope.KEYS_READ, OWN))
            .withExpiry(Expiry.at(NOW.plusMillis(1)));

    @Test
    void aNewKeyIsAsItWasDrafted() {
        ApiKey key = administration().create(host, full).key();

        assertThat(key.company()).isEqualTo(company);
        assertThat(key.user()).isEqualTo(USER);
        assertThat(key.allowList()).isEqualTo(full.allowList());
        assertThat(key.description()).isEqualTo(full.description());
        assertThat(key.scopes()).isEqualTo(full.scopes());
        assertThat(key.expiry()).isEqualTo(full.expiry());
        assertThat(key.pin().current()).isEmpty();
        assertThat(key.status()).isEqualTo(KeyStatus.ACTIVE);
        assertThat(key.createdAt()).isEqualTo(NOW).isEqualTo(key.updatedAt());
        assertThat(key.deletedAt()).isEmpty();
        assertThat(key.revision()).isEqualTo(1);
        assertThat(administration().get(host, key.id())).isEqualTo(key);
    }

    @Test
    void itsBirthIsRecordedUnderTheCallersName() {
        ApiKey key = created().key();

        assertThat(events(key)).singleElement().satisfies(recorded -> {
            assertThat(recorded.event().action()).isEqualTo(KeyAction.CREATED);
            assertThat(recorded.by()).isEqualTo(host.actor());
        });
    }

    /** */
    @Test
    void ofTheSecretOnlyTheDigestIsKept() {
        KeyPolicy policy = KeyPolicy.defaults().withPrefix(new KeyPrefix("acme_live"));

        CreatedKey created = administration(policy).create(host, draft());

        KeySecret secret = created.secret().orElseThrow();
        ApiKey key = administration().get(host, created.key().id());
        assertThat(created.isReplay()).isFalse();
        assertThat(secret.reveal()).startsWith("acme_live_");
        assertThat(key.redacted()).isEqualTo(secret.redacted());
        assertThat(SecretDigester.sha256().matches(secret, VerifiableKey.of(key)))
                .isTrue();
    }

    @Test
    void instantsAreCutToTheMillisecond() {
        time.set(NOW.plusNanos(999_999));

        assertThat(created().key().createdAt()).isEqualTo(NOW);
    }

    /** */
    @Test
    void keysOfOneMillisecondAreOrderedByTheirCreation() {
        List<ApiKeyId> ids =
                Stream.generate(() -> created().key().id()).limit(20).toList();

        assertThat(ids).isSorted().doesNotHaveDuplicates();
        assertThat(ids).allSatisfy(id -> assertThat(id.createdAt()).isEqualTo(NOW));
    }

    /** */
    @Test
    void aClockThatStepsBackDoesNotReorderKeys() {
        List<ApiKeyId> ids = new ArrayList<>();
        for (int step = 0; step < 5; step++) {
            ids.add(created().key().id());
            time.advance(Duration.ofHours(-1));
        }

        assertThat(ids).isSorted().doesNotHaveDuplicates();
        assertThat(administration().list(host, PageRequest.first()).keys())
                .extracting(ApiKey::id)
                .containsExactlyElementsOf(
                        ids.stream().sorted(Comparator.reverseOrder()).toList());
    }

    @Test
    void aDeletedKeyStillCountsForTheOrder() {
        ApiKey first = created().key();
        administration().delete(host, first.id(), Precondition.none());
        time.advance(Duration.ofHours(-1));

        assertThat(created().key().id()).isGreaterThan(first.id());
    }

    @Test
    void keysThatAreCreatedTogetherAreAllKept() {
        int threads = 8;
        int each = 5;

        List<List<ApiKeyId>> made = Parallel.run(
                threads,
                thread ->
                        Stream.generate(() -> created().key().id()).limit(each).toList());

        assertThat(made).allSatisfy(ids -> assertThat(ids).isSorted());
        List<ApiKeyId> all = made.stream().flatMap(List::stream).toList();
        assertThat(all).doesNotHaveDuplicates();
        PageRequest request = new PageRequest(KeyStatus.ACTIVE, 100, new PageRequest.Start.Offset(0));
        assertThat(administration().list(host, request).keys())
                .extracting(ApiKey::id)
                .containsExactlyElementsOf(
                        all.stream().sorted(Collections.reverseOrder()).toList());
    }

    @Test
    void whoMayNotWriteCreatesNothing() {
        KeyAdministration administration = administration();

        assertRefused(
                new KeyError.ScopeMissing(Scope.KEYS_WRITE),
                () -> administration.create(holding(Scope.KEYS_READ, Scope.KEYS_VERIFY), draft()));
        assertRefused(
                new KeyError.ScopeMissing(Scope.KEYS_WRITE),
                () -> administration.create(holding(Scope.KEYS_READ), draft(), "token"));

        assertThat(administration.list(host, PageRequest.first()).total()).isZero();
    }

    @Test
    void nobodyGivesAScopeThatTheyDoNotHold() {
        KeyAdministration administration = administration();

        assertRefused(
                new KeyError.ScopeNotHeld(Scopes.of(OWN)),
                () -> administration.create(holding(Scope.KEYS_WRITE, Scope.KEYS_READ), full));

        assertThat(administration.list(host, PageRequest.first()).total()).isZero();
    }

    @Test
    void whoHoldsAScopeMayGiveIt() {
        ApiKey key = administration()
                .create(holding(Scope.KEYS_WRITE, Scope.KEYS_READ, OWN), full)
                .key();

        assertThat(key.scopes()).isEqualTo(full.scopes());
    }

    @Test
    void aKeyMustEndInTheFuture() {
        KeyAdministration administration = administration();

        assertRefused(
                new KeyError.ExpiryNotInFuture(NOW),
                () -> administration.create(host, draft().withExpiry(Expiry.at(NOW))));

        assertThat(administration.list(host, PageRequest.first()).total()).isZero();
    }

    @Test
    void eachCreateIsOneEvent() {
        List<RecordedEvent> first = events(created().key());
        List<RecordedEvent> second = events(created().key());

        assertThat(first.get(0).sequence()).isLessThan(second.get(0).sequence());
    }
}
