package dev.keywright.testkit;

import static dev.keywright.testkit.Samples.NOW;
import static dev.keywright.testkit.Samples.draft;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keywright.application.Caller;
import dev.keywright.application.CreatedKey;
import dev.keywright.application.KeyAdministration;
import dev.keywright.application.PageRequest;
import dev.keywright.application.Precondition;
import dev.keywright.domain.Actor;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.Description;
import dev.keywright.domain.Expiry;
import dev.keywright.domain.InvalidValueException;
import dev.keywright.domain.IpAllowList;
import dev.keywright.domain.IpRange;
import dev.keywright.domain.KeyDraft;
import dev.keywright.domain.KeyError;
import dev.keywright.domain.Scope;
import dev.keywright.domain.Scopes;
import dev.keywright.domain.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A create that is sent again under its idempotency key makes no second key. */
public abstract class RepeatedCreateContract extends UseCaseContract {

    private static final String TOKEN = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6";

    private long keysOfTheCompany() {
        return administration().list(host, PageRequest.first()).total();
    }

    @Test
    void aRepetitionAnswersWithTheKeyAndWithoutTheSecret() {
        CreatedKey first = administration().create(host, draft(), TOKEN);

        CreatedKey again = administration().create(host, draft(), TOKEN);

        assertThat(first.secret()).isPresent();
        assertThat(again.key()).isEqualTo(first.key());
        assertThat(again.secret()).isEmpty();
        assertThat(again.isReplay()).isTrue();
        assertThat(keysOfTheCompany()).isEqualTo(1);
    }

    @Test
    void aRepetitionShowsTheKeyAsItIsNow() {
        ApiKey first = administration().create(host, draft(), TOKEN).key();
        ApiKey deleted = administration().delete(host, first.id(), Precondition.none());

        assertThat(administration().create(host, draft(), TOKEN).key()).isEqualTo(deleted);
    }

    @Test
    void withoutATokenTwoCreatesMakeTwoKeys() {
        created();
        created();

        assertThat(keysOfTheCompany()).isEqualTo(2);
    }

    @Test
    void aTokenIsNotGoodForAnotherRequest() {
        KeyAdministration administration = administration();
        KeyDraft first = draft();
        administration.create(host, first, TOKEN);

        List.of(
                        KeyDraft.of(new UserId("bob")),
                        first.withDescription(new Description("a")),
                        first.withAllowList(IpAllowList.of(List.of(IpRange.parse("10.0.0.1")))),
                        first.withScopes(Scopes.of(Scope.KEYS_READ)),
                        first.withExpiry(Expiry.at(NOW.plusSeconds(60))))
                .forEach(other -> assertRefused(
                        new KeyError.IdempotencyKeyReused(), () -> administration.create(host, other, TOKEN)));
        assertThat(keysOfTheCompany()).isEqualTo(1);
    }

    @Test
    void theTokensOfTwoCallersNeverMeet() {
        Caller colleague = Caller.trusted(company, new Actor("oauth2:bob"));
        Caller stranger = Caller.trusted(Samples.company(), host.actor());

        List<CreatedKey> created = List.of(
                administration().create(host, draft(), TOKEN),
                administration().create(colleague, draft(), TOKEN),
                administration().create(stranger, draft(), TOKEN),
                administration().create(host, draft(), TOKEN.toUpperCase(Locale.ROOT)));

        assertThat(created).noneMatch(CreatedKey::isReplay);
        assertThat(created).extracting(each -> each.key().id()).doesNotHaveDuplicates();
    }

    @Test
    void aTokenIsRememberedForItsWholeTime() {
        ApiKey first = administration().create(host, draft(), TOKEN).key();

        time.advance(KeyAdministration.IDEMPOTENCY_RETENTION);

        assertThat(administration().create(host, draft(), TOKEN).key()).isEqualTo(first);
    }

    @Test
    void afterItsTimeATokenMakesANewKey() {
        ApiKey first = administration().create(host, draft(), TOKEN).key();
        time.advance(KeyAdministration.IDEMPOTENCY_RETENTION.plusMillis(1));

        CreatedKey second = administration().create(host, draft().withDescription(new Description("new")), TOKEN);

        assertThat(second.isReplay()).isFalse();
        assertThat(second.key().id()).isGreaterThan(first.id());
        assertThat(administration()
                        .create(host, draft().withDescription(new Description("new")), TOKEN)
                        .key())
                .isEqualTo(second.key());
    }

    @Test
    void aClockThatStepsBackForgetsNothing() {
        ApiKey first = administration().create(host, draft(), TOKEN).key();

        time.advance(Duration.ofDays(-2));

        assertThat(administration().create(host, draft(), TOKEN).key()).isEqualTo(first);
    }

    @Test
    void aRefusedCreateIsNotRemembered() {
        KeyAdministration administration = administration();
        KeyDraft ended = draft().withExpiry(Expiry.at(NOW));
        assertRefused(new KeyError.ExpiryNotInFuture(NOW), () -> administration.create(host, ended, TOKEN));

        assertThat(administration.create(host, draft(), TOKEN).isReplay()).isFalse();
    }

    @Test
    void repetitionsAtOnceMakeOneKey() {
        List<CreatedKey> created = Parallel.run(8, thread -> administration().create(host, draft(), TOKEN));

        Set<ApiKey> keys = created.stream().map(CreatedKey::key).collect(Collectors.toSet());
        assertThat(keys).hasSize(1);
        assertThat(created.stream().filter(each -> !each.isReplay())).hasSize(1);
        assertThat(keysOfTheCompany()).isEqualTo(1);
    }

    @Test
    void whatIsNoIdempotencyKeyIsRefused() {
        KeyAdministration administration = administration();

        for (String token : List.of("", " ", "a b", "tab\t", "ä", "\u0000", "x".repeat(256))) {
            assertThatThrownBy(() -> administration.create(host, draft(), token))
                    .as("'%s'", token)
                    .isInstanceOf(InvalidValueException.class);
        }
        assertThat(keysOfTheCompany()).isZero();
    }
}
