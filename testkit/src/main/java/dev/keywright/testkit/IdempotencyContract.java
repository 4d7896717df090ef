package dev.keywright.testkit;

import static dev.keywright.testkit.Samples.ACTOR;
import static dev.keywright.testkit.Samples.NOW;
import static dev.keywright.testkit.Samples.created;
import static dev.keywright.testkit.Samples.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keywright.application.spi.IdempotencyToken;
import dev.keywright.application.spi.RecordedCreate;
import dev.keywright.application.spi.WriteConflict;
import dev.keywright.domain.Actor;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyChange;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A create is remembered under its token: once, to the letter, until it is old. */
public abstract class IdempotencyContract extends KeyStoreContract {

    private static final Duration DAY = Duration.ofHours(24);
    private static final String REQUEST = "0123456789abcdef".repeat(4);

    private final CompanyId company = Samples.company();
    private final IdempotencyToken token = new IdempotencyToken(ACTOR, "token");

    private RecordedCreate create(CompanyId of, IdempotencyToken under, Instant at) {
        KeyChange birth = created(of);
        RecordedCreate create = new RecordedCreate(REQUEST, birth.after().id(), at);
        keys().write(keys -> {
            keys.insert(birth, ACTOR);
            keys.remember(of, under, create, at.minus(DAY));
            return create;
        });
        return create;
    }

    private Optional<RecordedCreate> find(CompanyId of, IdempotencyToken under) {
        return keys().read(keys -> keys.findCreate(of, under));
    }

    @Test
    void aCreateIsFoundUnderItsToken() {
        RecordedCreate create = create(company, token, NOW);

        assertThat(find(company, token)).contains(create);
    }

    @Test
    void aTokenThatWasNeverSentStandsForNothing() {
        assertThat(find(company, token)).isEmpty();
    }

    @Test
    void tokensAreToldApartToTheLetter() {
        List<IdempotencyToken> tokens = List.of(
                token,
                new IdempotencyToken(ACTOR, "Token"),
                new IdempotencyToken(ACTOR, "token."),
                new IdempotencyToken(ACTOR, "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"),
                new IdempotencyToken(ACTOR, "x".repeat(IdempotencyToken.MAX_LENGTH)),
                new IdempotencyToken(ACTOR, "x".repeat(IdempotencyToken.MAX_LENGTH - 1) + "X"),
                new IdempotencyToken(new Actor("Host"), "token"),
                new IdempotencyToken(new Actor("host "), "token"),
                new IdempotencyToken(new Actor("h\u00f6st"), "token"),
                new IdempotencyToken(new Actor("ho\u0308st"), "token"),
                new IdempotencyToken(new Actor("😀".repeat(Actor.MAX_LENGTH)), "token"));

        List<RecordedCreate> creates =
                tokens.stream().map(each -> create(company, each, NOW)).toList();

        for (int at = 0; at < tokens.size(); at++) {
            assertThat(find(company, tokens.get(at))).contains(creates.get(at));
        }
    }

    @Test
    void theTimeOfACreateIsKeptToTheMillisecond() {
        for (Instant at : CriticalInstants.all()) {
            IdempotencyToken each = new IdempotencyToken(ACTOR, at.toString());
            KeyChange birth = created(company);
            RecordedCreate create = new RecordedCreate(REQUEST, birth.after().id(), at);

            keys().write(keys -> {
                keys.insert(birth, ACTOR);
                keys.remember(company, each, create, Instant.EPOCH);
                return create;
            });

            assertThat(find(company, each)).contains(create);
        }
    }

    @Test
    void aTokenStandsForOneCreate() {
        RecordedCreate first = create(company, token, NOW);

        assertRefused(NOW.plus(DAY));

        assertThat(find(company, token)).contains(first);
    }

    private void assertRefused(Instant at) {
        KeyChange birth = created(company);
        RecordedCreate late = new RecordedCreate(REQUEST, birth.after().id(), at);
        assertThatThrownBy(() -> keys().write(keys -> {
                    keys.insert(birth, ACTOR);
                    keys.remember(company, token, late, at.minus(DAY));
                    return late;
                }))
                .isInstanceOf(WriteConflict.class);
        assertThat(stored(keys(), birth.after())).as("nothing is kept").isEmpty();
    }

    @Test
    void anOldCreateGivesItsTokenUp() {
        create(company, token, NOW);

        RecordedCreate second = create(company, token, NOW.plus(DAY).plusMillis(1));

        assertThat(find(company, token)).contains(second);
        assertRefused(NOW.plus(DAY).plusMillis(2));
    }

    @Test
    void whatIsYoungIsNotForgottenWhenWhatIsOldIs() {
        IdempotencyToken old = new IdempotencyToken(ACTOR, "old");
        create(company, old, NOW);
        RecordedCreate young = create(company, token, NOW.plusMillis(2));

        create(company, old, NOW.plus(DAY).plusMillis(1));

        assertThat(find(company, token)).contains(young);
    }

    @Test
    void workThatFailsRemembersNothing() {
        KeyChange birth = created(company);
        RecordedCreate create = new RecordedCreate(REQUEST, birth.after().id(), NOW);

        assertThatThrownBy(() -> keys().write(keys -> {
                    keys.insert(birth, ACTOR);
                    keys.remember(company, token, create, NOW.minus(DAY));
                    throw new UnsupportedOperationException("on purpose");
                }))
                .isInstanceOf(UnsupportedOperationException.class);

        assertThat(find(company, token)).isEmpty();
        create(company, token, NOW);
    }

    @Test
    void ofManyWhoSendTheSameTokenOneSucceeds() {
        List<Boolean> remembered = Parallel.run(8, thread -> {
            try {
                create(company, token, NOW);
                return true;
            } catch (WriteConflict late) {
                return false;
            }
        });

        assertThat(Collections.frequency(remembered, true)).isEqualTo(1);
        assertThat(find(company, token)
                        .map(RecordedCreate::key)
                        .flatMap(key -> keys().<Optional<ApiKey>>read(keys -> keys.find(company, key))))
                .isPresent();
    }
}
