package dev.keywright.bootstrap.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import offending.keywright.application.KnowsAStore;
import offending.keywright.application.Late;
import offending.keywright.application.SpeaksSql;
import offending.keywright.application.spi.SpeaksOfRows;
import offending.keywright.application.spi.SpeaksOfUseCases;
import offending.keywright.domain.Early;
import offending.keywright.domain.IsMutable;
import offending.keywright.domain.KeyDto;
import offending.keywright.domain.KeyHelper;
import offending.keywright.domain.KeyManager;
import offending.keywright.domain.KeyStoreImpl;
import offending.keywright.domain.KeyUtils;
import offending.keywright.domain.KnowsTheApplication;
import offending.keywright.domain.Logs;
import offending.keywright.domain.OpensAFile;
import offending.keywright.domain.OpensASocket;
import offending.keywright.domain.Pepper;
import offending.keywright.domain.ReadsAPath;
import offending.keywright.domain.SecretDigest;
import offending.keywright.http.AsksWhoThatIs;
import offending.keywright.http.ComparesDigests;
import offending.keywright.http.ComparesSecrets;
import offending.keywright.http.CountsMillis;
import offending.keywright.http.EndsTheProcess;
import offending.keywright.http.FindsByPredicate;
import offending.keywright.http.FindsInPassing;
import offending.keywright.http.HandsTheClockOn;
import offending.keywright.http.KnowsTheDate;
import offending.keywright.http.KnowsTheTestkit;
import offending.keywright.http.LooksNamesUp;
import offending.keywright.http.LooksNamesUpInPassing;
import offending.keywright.http.MakesAClock;
import offending.keywright.http.MakesAGenerator;
import offending.keywright.http.NamesByChance;
import offending.keywright.http.PassesASecretOn;
import offending.keywright.http.Prints;
import offending.keywright.http.PrintsItsTroubles;
import offending.keywright.http.ReadsTheClock;
import offending.keywright.http.RevealsASecret;
import offending.keywright.http.StartsMain;
import offending.keywright.http.ThrowsDice;
import offending.keywright.http.ThrowsDiceOfItsThread;
import offending.keywright.http.ThrowsHiddenDice;
import offending.keywright.inmemory.KnowsAnotherStore;
import offending.keywright.jdbi.KnowsHttp;
import offending.keywright.jdbi.WritesJson;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule holds for the product, and catches each of the classes that were written to offend it. */
final class ArchitectureTest {

    private static JavaClasses product;

    @BeforeAll
    static void importOnce() {
        product = Product.main();
    }

    /** A rule and its offenders; those in one list offend it together. */
    private record Guard(String name, ArchRule rule, List<List<Class<?>>> offenders) {

        static Guard of(String name, ArchRule rule, Class<?>... offenders) {
            return new Guard(
                    name, rule, Arrays.stream(offenders).map(List::<Class<?>>of).toList());
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Stream<Guard> guards() {
        return Stream.of(
                Guard.of(
                        "the domain knows itself and plain Java",
                        Layers.theDomainKnowsItselfAndPlainJava(),
                        OpensAFile.class,
                        OpensASocket.class,
                        ReadsAPath.class,
                        Logs.class,
                        KnowsTheApplication.class),
                Guard.of(
                        "the application knows the domain and plain Java",
                        Layers.theApplicationKnowsTheDomainAndPlainJava(),
                        SpeaksSql.class,
                        KnowsAStore.class),
                Guard.of(
                        "the store in memory knows the inner layers",
                        Layers.theStoreInMemoryKnowsTheInnerLayers(),
                        KnowsAnotherStore.class),
                Guard.of(
                        "the store on Jdbi knows the inner layers and its libraries",
                        Layers.theStoreOnJdbiKnowsTheInnerLayersAndItsLibraries(),
                        KnowsHttp.class,
                        WritesJson.class),
                Guard.of(
                        "the HTTP interface knows the inner layers and its libraries",
                        Layers.theHttpInterfaceKnowsTheInnerLayersAndItsLibraries(),
                        offending.keywright.http.KnowsAStore.class),
                Guard.of("nobody knows bootstrap", Layers.nobodyKnowsBootstrap(), StartsMain.class),
                Guard.of(
                        "main code does not know the testkit",
                        Layers.mainCodeDoesNotKnowTheTestkit(),
                        KnowsTheTestkit.class),
                new Guard(
                        "packages have no cycles",
                        Layers.packagesHaveNoCycles(),
                        List.of(List.of(Early.class, Late.class))),
                Guard.of(
                        "ports speak the domain",
                        Habits.portsSpeakTheDomain(),
                        SpeaksOfRows.class,
                        SpeaksOfUseCases.class),
                Guard.of(
                        "time is asked for in bootstrap only",
                        Habits.timeIsAskedForInBootstrapOnly(),
                        ReadsTheClock.class,
                        HandsTheClockOn.class,
                        MakesAClock.class,
                        CountsMillis.class,
                        KnowsTheDate.class),
                Guard.of(
                        "chance is secure everywhere (R-01)",
                        Habits.chanceIsSecureEverywhere(),
                        ThrowsDice.class,
                        ThrowsDiceOfItsThread.class,
                        ThrowsHiddenDice.class,
                        NamesByChance.class),
                Guard.of(
                        "generators are made in bootstrap only (R-01)",
                        Habits.generatorsAreMadeInBootstrapOnly(),
                        MakesAGenerator.class),
                Guard.of(
                        "names are not looked up (R-33)",
                        Habits.namesAreNotLookedUp(),
                        LooksNamesUp.class,
                        LooksNamesUpInPassing.class,
                        AsksWhoThatIs.class),
                Guard.of(
                        "texts are matched in full (R-43)",
                        Habits.textsAreMatchedInFull(),
                        FindsInPassing.class,
                        FindsByPredicate.class),
                Guard.of(
                        "nobody prints to the console",
                        Habits.nobodyPrintsToTheConsole(),
                        Prints.class,
                        PrintsItsTroubles.class),
                Guard.of("only Main ends the process", Habits.onlyMainEndsTheProcess(), EndsTheProcess.class),
                Guard.of(
                        "the values of the domain are immutable",
                        Habits.theValuesOfTheDomainAreImmutable(),
                        IsMutable.class),
                Guard.of(
                        "names say what a thing is",
                        Habits.namesSayWhatAThingIs(),
                        KeyStoreImpl.class,
                        KeyManager.class,
                        KeyHelper.class,
                        KeyUtils.class,
                        KeyDto.class),
                Guard.of(
                        "secrets are revealed where a new one is answered (R-02)",
                        Secrets.secretsAreRevealedWhereANewOneIsAnswered(),
                        RevealsASecret.class,
                        PassesASecretOn.class),
                Guard.of(
                        "secrets are compared in constant time (R-04)",
                        Secrets.secretsAreComparedInConstantTime(),
                        ComparesSecrets.class,
                        ComparesDigests.class),
                Guard.of(
                        "secret types are equal in constant time (R-04)",
                        Secrets.secretTypesAreEqualInConstantTime(),
                        SecretDigest.class),
                Guard.of(
                        "secret types are neither records nor serialisable (R-08)",
                        Secrets.secretTypesAreNoRecords(),
                        Pepper.class));
    }

    private static Stream<Arguments> offences() {
        return guards().flatMap(guard ->
                guard.offenders().stream().map(together -> Arguments.of(guard.name(), guard.rule(), together)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("guards")
    void theProductKeepsTheRule(Guard guard) {
        guard.rule().check(product);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("offences")
    void theRuleCatchesItsOffender(String name, ArchRule rule, List<Class<?>> offenders) {
        JavaClasses offending = new ClassFileImporter().importClasses(offenders);

        assertThat(rule.evaluate(offending).getFailureReport().getDetails())
                .as(name)
                .anyMatch(detail -> detail.contains(offenders.get(0).getSimpleName()));
    }

    @Test
    void noRuleIsWithoutAnOffender() {
        assertThat(guards()).noneMatch(guard -> guard.offenders().isEmpty());
    }

    @Test
    void allModulesAreLookedAt() {
        assertThat(product.stream().map(type -> type.getPackageName()).distinct())
                .contains(
                        "dev.keywright.domain",
                        "dev.keywright.application",
                        "dev.keywright.application.spi",
                        "dev.keywright.inmemory",
                        "dev.keywright.jdbi",
                        "dev.keywright.http",
                        "dev.keywright.bootstrap")
                .doesNotContain("dev.keywright.testkit", "dev.keywright.bootstrap.architecture");
    }
}
