package dev.keywright.testkit;

import static dev.keywright.testkit.Samples.ACTOR;
import static dev.keywright.testkit.Samples.USER;
import static dev.keywright.testkit.Samples.created;
import static dev.keywright.testkit.Samples.credential;
import static dev.keywright.testkit.Samples.draft;
import static dev.keywright.testkit.Samples.id;
import static dev.keywright.testkit.Samples.insert;
import static dev.keywright.testkit.Samples.replace;
import static dev.keywright.testkit.Samples.stored;
import static org.assertj.core.api.Assertions.assertThat;

import dev.keywright.domain.ApiKey;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.Description;
import dev.keywright.domain.Expiry;
import dev.keywright.domain.IpAllowList;
import dev.keywright.domain.IpRange;
import dev.keywright.domain.KeyAction;
import dev.keywright.domain.KeyChange;
import dev.keywright.domain.KeyCredential;
import dev.keywright.domain.KeyDraft;
import dev.keywright.domain.KeyEvent;
import dev.keywright.domain.KeyStatus;
import dev.keywright.domain.Scope;
import dev.keywright.domain.Scopes;
import dev.keywright.domain.UserId;
import dev.keywright.domain.VerifiableKey;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What is put into a store comes out of it as it was: every field, to the letter and to the millisecond. */
public abstract class KeyRowsContract extends KeyStoreContract {

    private static final List<String> HOSTILE_TEXTS = List.of(
            "trailing blank ",
            " leading blank",
            "tab\tline\nreturn\r\nend\n",
            "😀 👩‍👩‍👧‍👦 🇩🇪 𝒳",
            "e\u0301 is not \u00e9",
            "\u1e9b\u0323 ﬁ ſ ß ẞ İ ı",
            "'; drop table api_key; -- \" \\ \\' %_ ? :id $1 {}",
            "null",
            "\u0001\u001b[31m\u007f\u0085",
            "\u202eright to left\u202c \u200b\ufeff",
            "\ufffe\uffff\ud7ff\ue000\udbff\udfff",
            "😀".repeat(200));

    private static final SecureRandom RANDOM = new SecureRandom();

    private final CompanyId company = Samples.company();

    @Provide
    Arbitrary<ApiKey> anyKey() {
        return KeyArbitraries.apiKeys(company).map(KeyRowsContract::unique);
    }

    /** The key with an id and a reference that no other has; properties are fond of the same small values. */
    private static ApiKey unique(ApiKey key) {
        KeyCredential credential = key.credential();
        return new ApiKey(
                new ApiKeyId(key.id().high(), RANDOM.nextLong()),
                key.company(),
                key.user(),
                new KeyCredential(credential.prefix(), credential().reference(), credential.digest()),
                key.allowList(),
                key.description(),
                key.scopes(),
                key.pin(),
                key.expiry(),
                key.enabled(),
                key.updatedAt(),
                key.deletedAt(),
                key.revision(),
                key.lastUse());
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void everyKeyIsReadAsItWasInserted(@ForAll("anyKey") ApiKey key) {
        insert(keys(), new KeyChange(key, new KeyEvent(KeyAction.CREATED, Set.of(), key.createdAt())));

        assertIsStored(key);
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void everyKeyIsReadAsItWasReplaced(@ForAll("anyKey") ApiKey state) {
        ApiKey born = insert(
                keys(),
                ApiKey.create(
                        state.id(),
                        company,
                        new KeyDraft(
                                state.user(),
                                IpAllowList.of(List.of(IpRange.parse("192.0.2.7"))),
                                draft().description(),
                                Scopes.of(Scope.KEYS_READ),
                                Expiry.never()),
                        state.credential()));
        ApiKey next = new ApiKey(
                born.id(),
                company,
                born.user(),
                born.credential(),
                state.allowList(),
                state.description(),
                state.scopes(),
                state.pin(),
                state.expiry(),
                state.enabled(),
                state.updatedAt(),
                state.deletedAt(),
                2,
                Optional.empty());

        replace(keys(), new KeyChange(next, new KeyEvent(KeyAction.ACTIVATED, Set.of(), next.updatedAt())));

        assertIsStored(next);
    }

    private void assertIsStored(ApiKey key) {
        assertThat(keys().lookUp(key.credential().reference())).contains(VerifiableKey.of(key));
        keys().read(keys -> {
            assertThat(keys.find(company, key.id())).contains(key);
            assertThat(keys.newer(company, key.status(), key.id().previous(), 1))
                    .containsExactly(key);
            ApiKeyId after = key.id().next();
            assertThat(keys.older(company, key.status(), after, 0, 1)).containsExactly(key);
            return key;
        });
    }

    /** */
    @Test
    void textIsKeptToTheLetter() {
        for (String text : HOSTILE_TEXTS) {
            KeyDraft draft = KeyDraft.of(new UserId("x" + text)).withDescription(new Description(text));

            ApiKey key = insert(keys(), ApiKey.create(id(), company, draft, credential()));

            assertThat(stored(keys(), key)).contains(key);
        }
    }

    /** */
    @Test
    void companiesThatDifferInALetterAreDifferent() {
        String name = Samples.company().value();
        List<CompanyId> alike = List.of(
                new CompanyId("Acme " + name),
                new CompanyId("acme " + name),
                new CompanyId("acme " + name + " "),
                new CompanyId(" acme " + name),
                new CompanyId("acm\u00e9 " + name),
                new CompanyId("acme\u0301 " + name),
                new CompanyId("ａｃｍｅ " + name),
                new CompanyId("ß " + name),
                new CompanyId("ss " + name),
                new CompanyId("İ " + name),
                new CompanyId("i " + name),
                new CompanyId("x".repeat(CompanyId.MAX_LENGTH - 4) + name.substring(0, 4)),
                new CompanyId("😀".repeat(CompanyId.MAX_LENGTH)));
        List<ApiKey> inserted = alike.stream().map(each -> insert(keys(), each)).toList();

        for (ApiKey key : inserted) {
            keys().read(keys -> {
                assertThat(keys.older(key.company(), KeyStatus.ACTIVE, key.id().next(), 0, 10))
                        .first()
                        .isEqualTo(key);
                assertThat(inserted.stream()
                                .filter(other ->
                                        keys.find(key.company(), other.id()).isPresent()))
                        .containsExactly(key);
                return key;
            });
        }
    }

    @Test
    void theOrderOfRangesIsKept() {
        List<IpRange> ranges = new ArrayList<>(IntStream.range(0, IpAllowList.MAX_ENTRIES)
                .mapToObj(last -> IpRange.parse(last % 2 == 0 ? "10.0.0." + last : "2001:db8::" + last))
                .toList());
        Collections.reverse(ranges);
        KeyDraft draft = KeyDraft.of(USER).withAllowList(IpAllowList.of(ranges));

        ApiKey key = insert(keys(), ApiKey.create(id(), company, draft, credential()));

        assertThat(stored(keys(), key))
                .hasValueSatisfying(
                        found -> assertThat(found.allowList().ranges()).containsExactlyElementsOf(ranges));
    }

    @Test
    void revisionsGoUpWithEveryChange() {
        ApiKey key = insert(keys(), company);

        for (int round = 2; round < 6; round++) {
            key = replace(keys(), Samples.described(key, "round " + round));
            assertThat(stored(keys(), key))
                    .contains(key)
                    .hasValueSatisfying(found -> assertThat(found.revision()).isGreaterThan(1));
        }
        assertThat(key.revision()).isEqualTo(5);
    }

    @Test
    void aKeyThatWasNotInsertedIsNotFound() {
        ApiKey never = created(company).after();

        assertThat(stored(keys(), never)).isEmpty();
        assertThat(keys().lookUp(never.credential().reference())).isEmpty();
    }

    @Test
    void aStoreThatHasAKeyIsNotEmpty() {
        keys().write(keys -> {
            keys.insert(created(company), ACTOR);
            return company;
        });

        assertThat(keys().<Boolean>read(keys -> keys.isEmpty())).isFalse();
    }
}
