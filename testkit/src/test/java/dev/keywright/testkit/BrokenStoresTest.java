package dev.keywright.testkit;

import static dev.keywright.testkit.Broken.broken;
import static dev.keywright.testkit.Broken.lending;
import static dev.keywright.testkit.Broken.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.keywright.testkit.BrokenUnitsOfWork.AllowsReadsInsideWrites;
import dev.keywright.testkit.BrokenUnitsOfWork.AllowsWritesInsideWrites;
import dev.keywright.testkit.BrokenUnitsOfWork.CommitsLater;
import dev.keywright.testkit.BrokenUnitsOfWork.DoesNotReadItsOwnChanges;
import dev.keywright.testkit.BrokenUnitsOfWork.ForgivesConflicts;
import dev.keywright.testkit.BrokenUnitsOfWork.KeepsWhatEndedInAnError;
import dev.keywright.testkit.BrokenUnitsOfWork.KeepsWhatFailed;
import dev.keywright.testkit.BrokenUnitsOfWork.LastWriterWins;
import dev.keywright.testkit.BrokenUnitsOfWork.LendsForEver;
import dev.keywright.testkit.BrokenUnitsOfWork.ReadsWhatIsNow;
import dev.keywright.testkit.BrokenUnitsOfWork.ShowsDrafts;
import dev.keywright.testkit.BrokenUnitsOfWork.SwallowsExceptions;
import dev.keywright.testkit.BrokenUnitsOfWork.WrapsExceptions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whichever promise a store breaks, the test that is there for this promise fails. */
final class BrokenStoresTest {

    private static List<Broken> inTheirUnitsOfWork() {
        Class<? extends KeyStoreContract> contract = Contracts.UnitOfWork.class;
        return List.of(
                broken("KeepsWhatFailed", KeepsWhatFailed::new, contract, "workThatFailsKeepsNothing"),
                broken(
                        "KeepsWhatFailed",
                        KeepsWhatFailed::new,
                        Contracts.Events.class,
                        "aChangeThatIsNotKeptIsNotRecorded"),
                broken(
                        "KeepsWhatEndedInAnError",
                        KeepsWhatEndedInAnError::new,
                        contract,
                        "workThatEndsInAnErrorKeepsNothingEither"),
                broken("WrapsExceptions", WrapsExceptions::new, contract, "theExceptionOfAReadReachesTheCallerAsItIs"),
                broken("SwallowsExceptions", SwallowsExceptions::new, contract, "workThatFailsKeepsNothing"),
                broken(
                        "CommitsLater",
                        CommitsLater::new,
                        contract,
                        "whatWasWrittenIsThereForEverybodyOnceTheWriteHasReturned"),
                broken(
                        "LendsForEver",
                        LendsForEver::new,
                        contract,
                        "aReaderIsDeadOnceItsWorkIsDone",
                        "aWriterIsDeadOnceItsWorkIsDone",
                        "aWriterIsDeadOnceItsWorkHasFailed"),
                broken("AllowsReadsInsideWrites", AllowsReadsInsideWrites::new, contract, "aReadInsideAWriteIsRefused"),
                broken(
                        "AllowsWritesInsideWrites",
                        AllowsWritesInsideWrites::new,
                        contract,
                        "aWriteInsideAWriteIsRefused"),
                broken("ReadsWhatIsNow", ReadsWhatIsNow::new, contract, "allThatOneReadSeesComesFromOneSnapshot"),
                broken("ShowsDrafts", ShowsDrafts::new, contract, "nobodyElseSeesAChangeBeforeItIsCommitted"),
                broken(
                        "ReadsWhatIsNow",
                        ReadsWhatIsNow::new,
                        Contracts.Snapshots.class,
                        "aReaderNeverSeesPartsOfTwoStates"),
                broken(
                        "DoesNotReadItsOwnChanges",
                        DoesNotReadItsOwnChanges::new,
                        contract,
                        "aWriterReadsItsOwnChanges"),
                broken("NeverEmpty", BrokenUnitsOfWork::neverEmpty, Contracts.EmptyStore.class, "aNewStoreIsEmpty"));
    }

    private static List<Broken> inTheirConflicts() {
        Class<? extends KeyStoreContract> contract = Contracts.Conflicts.class;
        return List.of(
                broken("LastWriterWins", LastWriterWins::new, contract, "aKeyFoundInAWriteIsHeldUntilItEnds"),
                broken(
                        "LastWriterWins",
                        LastWriterWins::new,
                        Contracts.ParallelChanges.class,
                        "fortyUpdatesAtOnceAllHappen"),
                broken(
                        "ForgivesConflicts",
                        ForgivesConflicts::new,
                        contract,
                        "aConflictThatTheWorkKeepsToItselfStillEndsIt"),
                lending(
                        BrokenWork.ReplacesWhatIsStale::new,
                        contract,
                        "aStateThatRestsOnAnOlderOneIsNotPutInPlace",
                        "aStateThatSkipsARevisionIsNotPutInPlace",
                        "ofManyWhoReplaceTheSameStateOneSucceeds"),
                lending(
                        BrokenWork.OverwritesKeys::new,
                        contract,
                        "anIdIsTakenOnce",
                        "anIdIsTakenOnceInAllCompanies",
                        "anIdIsTakenOnceWithinOneWrite"),
                lending(
                        BrokenWork.TakesReferencesTwice::new,
                        contract,
                        "aReferenceIsTakenOnceInAllCompanies",
                        "ofManyWhoTakeTheSameReferenceOneSucceeds"),
                lending(
                        BrokenWork.TakesReferencesOncePerCompany::new,
                        contract,
                        "aReferenceIsTakenOnceInAllCompanies"));
    }

    private static List<Broken> inTheirRows() {
        return List.of(
                rows(BrokenRows.TRIMS_TEXT, Contracts.KeyRows.class, "textIsKeptToTheLetter"),
                rows(
                        BrokenRows.NORMALISES_TEXT,
                        Contracts.KeyRows.class,
                        "textIsKeptToTheLetter",
                        "everyKeyIsReadAsItWasInserted"),
                rows(BrokenRows.CUTS_TEXT_AT_UTF_16_UNITS, Contracts.KeyRows.class, "textIsKeptToTheLetter"),
                rows(
                        BrokenRows.CUTS_INSTANTS_TO_SECONDS,
                        Contracts.KeyInstants.class,
                        "instantsAreKeptToTheMillisecondInEveryTimeZoneOfTheMachine"),
                rows(
                        BrokenRows.KEEPS_LOCAL_TIMES,
                        Contracts.KeyInstants.class,
                        "instantsAreKeptToTheMillisecondInEveryTimeZoneOfTheMachine"),
                rows(BrokenRows.SORTS_RANGES, Contracts.KeyRows.class, "theOrderOfRangesIsKept"),
                rows(
                        BrokenRows.FORGETS_THE_TRAIL,
                        Contracts.KeyRows.class,
                        "everyKeyIsReadAsItWasInserted",
                        "everyKeyIsReadAsItWasReplaced"),
                rows(
                        BrokenRows.FORGETS_THE_TRAIL,
                        Contracts.KeyChanges.class,
                        "aPinMayGoBackUntilTheVeryInstantItsWindowCloses"),
                lending(
                        BrokenWork.IgnoresCaseOfCompanies::new,
                        Contracts.KeyRows.class,
                        "companiesThatDifferInALetterAreDifferent"),
                lending(BrokenWork.ForgetsEventsOfChanges::new, Contracts.Events.class, "eventsAreToldOldestFirst"),
                lending(
                        BrokenWork.TellsEventsNewestFirst::new,
                        Contracts.Events.class,
                        "eventsAreToldOldestFirst",
                        "changesOfOneWriteAreRecordedInTheirOrder"));
    }

    private static List<Broken> inTheirOrder() {
        Class<? extends KeyStoreContract> contract = Contracts.Paging.class;
        return List.of(
                lending(
                        // The property meets it too, but only where chance puts two such ids side by side.
                        BrokenWork.OrdersIdsAsSignedNumbers::new, contract, "keysOfOneMillisecondHaveAnOrderToo"),
                lending(
                        BrokenWork.IncludesThePosition::new,
                        contract,
                        "everyPartOfTheOrderIsWhatSortingGives",
                        "aLimitMayBeMoreThanThereIs"),
                lending(BrokenWork.TakesTheFarthest::new, contract, "everyPartOfTheOrderIsWhatSortingGives"),
                lending(
                        BrokenWork.TakesTheFarthest::new,
                        Contracts.Walks.class,
                        "aWalkToTheNewestKeyMeetsEveryStayingKeyOnce"),
                lending(BrokenWork.LosesThePlaceOfMissingKeys::new, contract, "aPositionNeedsNoKeyOfTheCompany"),
                lending(
                        BrokenWork.LosesThePlaceOfMissingKeys::new,
                        Contracts.KeyListing.class,
                        "aKeyThatIsGoneOrForeignIsAPosition",
                        "everyPageKnowsWhetherThereAreKeysOnBothSides"),
                lending(BrokenWork.SkipsByInt::new, contract, "whatIsSkippedMayBeMoreThanThereIs"),
                lending(BrokenWork.CountsEveryStatus::new, contract, "everyPartOfTheOrderIsWhatSortingGives"),
                lending(
                        BrokenWork.CountsEveryStatus::new,
                        Contracts.KeyListing.class,
                        "theFilterChoosesByStatusAndTheTotalCountsWhatItChooses"),
                lending(BrokenWork.TakesTheNewestOfTheActive::new, contract, "theNewestKeyCountsWhateverItsStatus"),
                lending(BrokenWork.TakesTheNewestOfTheActive::new, contract, "aNewKeyGoesAfterAllThatAreThere"),
                lending(
                        BrokenWork.TakesTheNewestOfTheActive::new,
                        Contracts.KeyCreation.class,
                        "aDeletedKeyStillCountsForTheOrder"));
    }

    private static List<Broken> inTheirTotals() {
        Class<? extends KeyStoreContract> contract = Contracts.Totals.class;
        String history = "afterAnyHistoryOnSeveralThreadsTheTotalIsWhatAWalkFinds";
        return List.of(
                lending(BrokenWork.CountsEveryStatus::new, contract, history, "aWriterCountsItsOwnChanges"),
                broken(
                        "CountsWithoutTheTransaction",
                        BrokenTotals::withoutTheTransaction,
                        contract,
                        history,
                        "workThatFailsIsNotCounted"),
                broken(
                        "CountsAfterTheCommit",
                        BrokenTotals.AfterTheCommit::new,
                        contract,
                        history,
                        "aWriterCountsItsOwnChanges"),
                broken(
                        "CountsEveryReplacement",
                        BrokenTotals::everyReplacement,
                        contract,
                        history,
                        "aChangeThatKeepsTheStatusKeepsTheTotals"),
                broken(
                        "CountsWhatWasFound",
                        BrokenTotals::whatWasFound,
                        contract,
                        "aChangeThatWasNotReadBeforeIsCountedToo"),
                broken(
                        "CountsForOneCompany",
                        BrokenTotals::forOneCompany,
                        contract,
                        "oneWriteMayCountForSeveralCompanies"));
    }

    private static List<Broken> inTheirTenantsAndTokens() {
        return List.of(
                lending(BrokenWork.FindsForeignKeys::new, Contracts.Tenancy.class, "findShowsAStrangerNothing"),
                lending(
                        BrokenWork.FindsForeignKeys::new,
                        Contracts.ChangeRefusals.class,
                        "aKeyOfAnotherCompanyIsNotFoundEither"),
                lending(BrokenWork.TellsForeignEvents::new, Contracts.Tenancy.class, "eventsTellAStrangerNothing"),
                lending(BrokenWork.TellsForeignNewest::new, Contracts.Tenancy.class, "newestTellsAStrangerNothing"),
                lending(BrokenWork.RemembersForEver::new, Contracts.Idempotency.class, "anOldCreateGivesItsTokenUp"),
                lending(
                        BrokenWork.RemembersForEver::new,
                        Contracts.RepeatedCreate.class,
                        "afterItsTimeATokenMakesANewKey"),
                lending(
                        BrokenWork.RemembersTheLast::new,
                        Contracts.Idempotency.class,
                        "aTokenStandsForOneCreate",
                        "ofManyWhoSendTheSameTokenOneSucceeds"),
                lending(
                        BrokenWork.MixesTheTokensOfCallers::new,
                        Contracts.Idempotency.class,
                        "tokensAreToldApartToTheLetter"),
                lending(
                        BrokenWork.MixesTheTokensOfCallers::new,
                        Contracts.RepeatedCreate.class,
                        "theTokensOfTwoCallersNeverMeet"));
    }

    private static List<Broken> all() {
        return Stream.of(
                        inTheirUnitsOfWork(),
                        inTheirConflicts(),
                        inTheirRows(),
                        inTheirOrder(),
                        inTheirTotals(),
                        inTheirTenantsAndTokens(),
                        BrokenForVerification.inTheirLookUps(),
                        BrokenForVerification.inTheirUses(),
                        BrokenForVerification.inTheirUsesAmongOtherWork(),
                        BrokenForVerification.inWhatVerificationsLeaveBehind())
                .flatMap(List::stream)
                .toList();
    }

    @TestFactory
    Stream<DynamicTest> aBrokenPromiseIsNoticed() {
        return all().stream()
                .map(broken -> dynamicTest(
                        broken.name() + " breaks " + broken.contract().getSimpleName(), () -> {
                            Trial trial = Trial.of(broken.contract(), broken.store());

                            assertThat(trial.failed()).containsAll(broken.noticedBy());
                        }));
    }

    @Test
    void everyContractNoticesSomething() {
        assertThat(all().stream().<Class<?>>map(Broken::contract))
                .containsAll(Arrays.asList(Contracts.class.getDeclaredClasses()));
    }
}
