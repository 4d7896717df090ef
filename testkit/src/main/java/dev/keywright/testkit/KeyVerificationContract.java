package dev.keywright.testkit;

import static dev.keywright.testkit.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keywright.application.CreatedKey;
import dev.keywright.application.KeyPolicy;
import dev.keywright.application.KeyVerification;
import dev.keywright.application.Precondition;
import dev.keywright.application.spi.StoreFailure;
import dev.keywright.domain.ApiKey;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.Denial;
import dev.keywright.domain.Expiry;
import dev.keywright.domain.IpAddress;
import dev.keywright.domain.IpAllowList;
import dev.keywright.domain.IpRange;
import dev.keywright.domain.KeyAction;
import dev.keywright.domain.KeyChange;
import dev.keywright.domain.KeyCredential;
import dev.keywright.domain.KeyEvent;
import dev.keywright.domain.KeySecret;
import dev.keywright.domain.KeyUpdate;
import dev.keywright.domain.Pepper;
import dev.keywright.domain.Scope;
import dev.keywright.domain.Scopes;
import dev.keywright.domain.SecretDigester;
import dev.keywright.domain.UnknownSchemeException;
import dev.keywright.domain.VerifiableKey;
import dev.keywright.domain.Verification;
import dev.keywright.domain.VersionPin;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One decision about a presented secret, in one order, on what the store holds at that moment. */
public abstract class KeyVerificationContract extends UseCaseContract {

    private static final Precondition ANY = Precondition.none();
    private static final Optional<IpAddress> NOWHERE = Optional.empty();
    private static final Optional<IpAddress> HOME = Optional.of(IpAddress.parse("192.0.2.7"));
    private static final Optional<IpAddress> AWAY = Optional.of(IpAddress.parse("198.51.100.1"));
    private static final IpAllowList ONLY_HOME = IpAllowList.of(List.of(IpRange.parse("192.0.2.0/24")));
    private static final Scopes READ = Scopes.of(Scope.KEYS_READ);

    private KeyVerification verification() {
        return new KeyVerification(keys(), time, SecretDigester.sha256());
    }

    private Verification verify(KeySecret secret) {
        return verification().verify(secret.reveal(), NOWHERE, Scopes.none());
    }

    private static KeySecret secretOf(CreatedKey created) {
        return created.secret().orElseThrow();
    }

    private static void assertDenied(Denial reason, Verification verdict) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verification.Denied.class,
                        denied -> assertThat(denied.reason()).isEqualTo(reason));
    }

    /** All that a stranger learns. */
    private static void assertUnknown(Verification verdict) {
        assertThat(verdict).isEqualTo(new Verification.Denied(Denial.NOT_FOUND, Optional.empty(), Scopes.none()));
    }

    @Test
    void theSecretOfANewKeyIsGranted() {
        CreatedKey created = created();

        assertThat(verify(secretOf(created))).isEqualTo(new Verification.Granted(VerifiableKey.of(created.key())));
        assertThat(verification().verify(company, secretOf(created).reveal(), NOWHERE, Scopes.none()))
                .isEqualTo(new Verification.Granted(VerifiableKey.of(created.key())));
    }

    /** */
    @Test
    void aSecretThatNobodyMadeIsNotFound() {
        assertUnknown(verify(Samples.secret()));
    }

    /** */
    @Test
    void aSecretIsReadToTheLetter() {
        String secret = secretOf(created()).reveal();

        for (String wrong : List.of(
                "",
                " ",
                secret + " ",
                " " + secret,
                secret.toUpperCase(Locale.ROOT),
                secret.substring(1),
                secret.substring(0, secret.length() - 1),
                secret + "0",
                secret.replace('_', '-'),
                "\u0000",
                "x".repeat(100_000))) {
            assertUnknown(verification().verify(wrong, NOWHERE, Scopes.none()));
        }
    }

    /** */
    @Test
    void aReferenceProvesNothing() {
        KeySecret presented = Samples.secret();
        SecretDigester digester = SecretDigester.sha256();
        KeyCredential others =
                new KeyCredential(presented.prefix(), presented.reference(), digester.digest(Samples.secret()));
        ApiKey key = Samples.insert(keys(), ApiKey.create(Samples.id(), company, Samples.draft(), others));

        assertUnknown(verify(presented));
        assertUnknown(verification().verify(key.redacted(), NOWHERE, Scopes.none()));
        assertUnknown(verification().verify(key.id().toString(), NOWHERE, Scopes.none()));
    }

    /** */
    @Test
    void aKeyOfAnotherCompanyIsNotFoundWhateverItsState() {
        CompanyId asking = Samples.company();
        CreatedKey created = created();
        String secret = secretOf(created).reveal();

        assertUnknown(verification().verify(asking, secret, NOWHERE, Scopes.none()));
        administration().deactivate(host, created.key().id(), ANY);
        assertUnknown(verification().verify(asking, secret, NOWHERE, READ));
        administration().delete(host, created.key().id(), ANY);
        assertUnknown(verification().verify(asking, secret, NOWHERE, READ));
    }

    /** A key with every fault there is but the first few: deleted, off, expired, bound to an address, without scopes. */
    private KeyChange faulty(KeySecret secret, int sound) {
        Instant born = NOW.minusSeconds(60);
        ApiKey key = new ApiKey(
                Samples.id(born),
                company,
                Samples.USER,
                KeyCredential.of(secret, SecretDigester.sha256()),
                ONLY_HOME,
                Optional.empty(),
                Scopes.none(),
                VersionPin.unpinned(),
                sound > 2 ? Expiry.never() : Expiry.at(NOW),
                sound > 1,
                born,
                sound > 0 ? Optional.empty() : Optional.of(born),
                1,
                Optional.empty());
        return new KeyChange(key, new KeyEvent(KeyAction.CREATED, Set.of(), born));
    }

    @Test
    void everyReasonThereIsCanBeTheAnswer() {
        for (Denial reason : Denial.values()) {
            switch (reason) {
                case NOT_FOUND -> assertUnknown(verify(Samples.secret()));
                case DELETED -> assertFirst(reason, 0, NOWHERE);
                case INACTIVE -> assertFirst(reason, 1, NOWHERE);
                case EXPIRED -> assertFirst(reason, 2, NOWHERE);
                case IP_REQUIRED -> assertFirst(reason, 3, NOWHERE);
                case IP_NOT_ALLOWED -> assertFirst(reason, 3, AWAY);
                case INSUFFICIENT_SCOPE -> assertFirst(reason, 3, HOME);
                default -> throw new AssertionError("no example of " + reason);
            }
        }
    }

    /** This reason is told first of all that are true. */
    private void assertFirst(Denial reason, int sound, Optional<IpAddress> client) {
        KeySecret secret = Samples.secret();
        ApiKey key = Samples.insert(keys(), faulty(secret, sound));

        Verification verdict = verification().verify(secret.reveal(), client, READ);

        Scopes missing = reason == Denial.INSUFFICIENT_SCOPE ? READ : Scopes.none();
        assertThat(verdict).isEqualTo(new Verification.Denied(reason, Optional.of(VerifiableKey.of(key)), missing));
    }

    /** */
    @Test
    void aChangeActsOnTheNextVerification() {
        CreatedKey created = created();
        KeySecret secret = secretOf(created);

        administration().deactivate(host, created.key().id(), ANY);
        assertDenied(Denial.INACTIVE, verify(secret));
        administration().activate(host, created.key().id(), ANY);
        assertThat(verify(secret).isGranted()).isTrue();
        administration().delete(host, created.key().id(), ANY);
        assertDenied(Denial.DELETED, verify(secret));
    }

    /** */
    @Test
    void aTightenedListActsOnTheNextVerification() {
        CreatedKey created = created();
        String secret = secretOf(created).reveal();
        assertThat(verification().verify(secret, AWAY, Scopes.none()).isGranted())
                .isTrue();

        administration().update(host, created.key().id(), KeyUpdate.nothing().withAllowList(ONLY_HOME), ANY);

        assertThat(verification().verify(secret, HOME, Scopes.none()).isGranted())
                .isTrue();
        assertDenied(Denial.IP_NOT_ALLOWED, verification().verify(secret, AWAY, Scopes.none()));
        assertDenied(Denial.IP_REQUIRED, verification().verify(secret, NOWHERE, Scopes.none()));
    }

    @Test
    void aKeyEndsAtTheVeryInstantOfItsExpiry() {
        KeySecret secret =
                secretOf(administration().create(host, Samples.draft().withExpiry(Expiry.at(NOW.plusMillis(1)))));

        assertThat(verify(secret).isGranted()).isTrue();
        time.set(NOW.plusMillis(1).minusNanos(1));
        assertThat(verify(secret).isGranted()).isTrue();
        time.set(NOW.plusMillis(1));
        assertDenied(Denial.EXPIRED, verify(secret));
    }

    @Test
    void everyRequiredScopeMustBeHeld() {
        Scope own = new Scope("orders:read");
        CreatedKey created = administration().create(host, Samples.draft().withScopes(Scopes.of(Scope.KEYS_READ, own)));
        String secret = secretOf(created).reveal();

        assertThat(verification().verify(secret, NOWHERE, Scopes.of(own, Scope.KEYS_READ)))
                .isEqualTo(new Verification.Granted(VerifiableKey.of(created.key())));
        assertThat(verification().verify(secret, NOWHERE, Scopes.of(own, Scope.KEYS_WRITE, Scope.KEYS_VERIFY)))
                .isEqualTo(new Verification.Denied(
                        Denial.INSUFFICIENT_SCOPE,
                        Optional.of(VerifiableKey.of(created.key())),
                        Scopes.of(Scope.KEYS_WRITE, Scope.KEYS_VERIFY)));
    }

    /** */
    @Test
    void keysOutliveTheChangeOfThePepper() {
        Pepper first = new Pepper("first pepper, of 32 characters....");
        Pepper second = new Pepper("second pepper, of 32 characters...");
        List<KeySecret> secrets = List.of(
                secretOf(created()),
                secretOf(peppered(SecretDigester.peppered(List.of(first)))),
                secretOf(peppered(SecretDigester.peppered(List.of(second, first)))));

        KeyVerification verification =
                new KeyVerification(keys(), time, SecretDigester.peppered(List.of(second, first)));

        assertThat(secrets)
                .allSatisfy(secret -> assertThat(verification
                                .verify(secret.reveal(), NOWHERE, Scopes.none())
                                .isGranted())
                        .isTrue());
    }

    private CreatedKey peppered(SecretDigester digester) {
        return administration(KeyPolicy.defaults().withDigester(digester)).create(host, Samples.draft());
    }

    /** */
    @Test
    void aMissingPepperIsNoVerdict() {
        Pepper lost = new Pepper("lost pepper, of 32 characters.....");
        KeySecret secret = secretOf(peppered(SecretDigester.peppered(List.of(lost))));

        assertThatThrownBy(() -> verify(secret)).isInstanceOf(UnknownSchemeException.class);
    }

    /** */
    @Test
    void aStoreThatIsAwayIsNoVerdict() {
        StoreFailure away = new StoreFailure("away", new IllegalStateException("on purpose"));
        KeySecret secret = secretOf(created());
        KeyVerification verification = new KeyVerification(new AwayStore(away), time, SecretDigester.sha256());

        assertThatThrownBy(() -> verification.verify(secret.reveal(), NOWHERE, Scopes.none()))
                .isSameAs(away);
    }

    /** what fails by its shape or checksum is refused without a look-up. */
    @Test
    void aMisspeltSecretAsksNoStore() {
        StoreFailure away = new StoreFailure("away", new IllegalStateException("on purpose"));
        KeyVerification verification = new KeyVerification(new AwayStore(away), time, SecretDigester.sha256());
        String secret = secretOf(created()).reveal();
        char last = secret.charAt(secret.length() - 1);

        assertUnknown(verification.verify(
                secret.substring(0, secret.length() - 1) + (last == '0' ? '1' : '0'), NOWHERE, Scopes.none()));
    }
}
