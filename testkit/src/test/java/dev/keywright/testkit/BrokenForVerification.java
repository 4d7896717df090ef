package dev.keywright.testkit;

import static dev.keywright.testkit.Broken.broken;
import static dev.keywright.testkit.Broken.lending;

import dev.keywright.testkit.BrokenLookUps.AllowsLookUpsInsideWrites;
import dev.keywright.testkit.BrokenLookUps.FindsAFewAtOnce;
import dev.keywright.testkit.BrokenLookUps.Forgets;
import dev.keywright.testkit.BrokenLookUps.HidesWhatIsOver;
import dev.keywright.testkit.BrokenLookUps.RemembersTheAnswersOfMany;
import dev.keywright.testkit.BrokenLookUps.RemembersWhatItFound;
import dev.keywright.testkit.BrokenLookUps.RemembersWhatItMissed;
import dev.keywright.testkit.BrokenUnitsOfWork.KeepsWhatFailed;
import dev.keywright.testkit.BrokenUnitsOfWork.LastWriterWins;
import dev.keywright.testkit.BrokenUnitsOfWork.ReadsWhatIsNow;
import dev.keywright.testkit.BrokenUnitsOfWork.ShowsDrafts;
import java.util.List;

/** Broken stores that verification would notice: in what they look up, and in what they note of uses. */
final class BrokenForVerification {

    private BrokenForVerification() {}

    static List<Broken> inTheirLookUps() {
        Class<? extends KeyStoreContract> contract = Contracts.LookUp.class;
        return List.of(
                broken(
                        "RemembersWhatItFound",
                        RemembersWhatItFound::new,
                        contract,
                        "everyChangeIsSeenAtOnce",
                        "noLookUpFallsBehindAnAcknowledgedChange"),
                broken(
                        "RemembersWhatItFound",
                        RemembersWhatItFound::new,
                        Contracts.KeyVerification.class,
                        "aChangeActsOnTheNextVerification",
                        "aTightenedListActsOnTheNextVerification"),
                broken("RemembersWhatItMissed", RemembersWhatItMissed::new, contract, "everyChangeIsSeenAtOnce"),
                broken(
                        "RemembersTheAnswersOfMany",
                        RemembersTheAnswersOfMany::new,
                        contract,
                        "everyChangeIsSeenAtOnce",
                        "noLookUpFallsBehindAnAcknowledgedChange"),
                broken("FindsAFewAtOnce", FindsAFewAtOnce::new, contract, "manyAreFoundAtOnceInWhicheverCompany"),
                broken("HidesWhatIsOver", HidesWhatIsOver::new, contract, "keysThatAreOffOrDeletedAreFoundToo"),
                broken(
                        "HidesWhatIsOver",
                        HidesWhatIsOver::new,
                        Contracts.KeyVerification.class,
                        "everyReasonThereIsCanBeTheAnswer"),
                broken(
                        "AllowsLookUpsInsideWrites",
                        AllowsLookUpsInsideWrites::new,
                        contract,
                        "aLookUpInsideAWriteIsRefused"),
                broken("Forgets.THE_EXPIRY", Forgets.THE_EXPIRY::store, contract, "everyChangeIsSeenAtOnce"),
                broken("Forgets.THE_ADDRESSES", Forgets.THE_ADDRESSES::store, contract, "everyChangeIsSeenAtOnce"),
                broken("KeepsWhatFailed", KeepsWhatFailed::new, contract, "whatIsNotKeptIsNotSeen"),
                broken("ShowsDrafts", ShowsDrafts::new, contract, "whatIsNotYetKeptIsNotSeen"));
    }

    static List<Broken> inTheirUses() {
        Class<? extends KeyStoreContract> contract = Contracts.LastUse.class;
        return List.of(
                lending(
                        BrokenUses.TakesTheLastThatIsNoted::new,
                        contract,
                        "theLatestUseCounts",
                        "theLatestOfOneNotingCountsInWhateverOrder"),
                lending(BrokenUses.KeepsTheFirstThatIsNoted::new, contract, "theLatestUseCounts"),
                lending(
                        BrokenUses.NotesNothingOfDeletedKeys::new,
                        contract,
                        "keysThatAreOffOrDeletedKeepTheirNoteAndTakeALaterOne"),
                lending(
                        BrokenUses.NotesWhatAStateSays::new,
                        contract,
                        "aNewKeyWasNeverUsed",
                        "aChangeKeepsTheNoteWhateverItsStateSays"),
                lending(BrokenUses.CountsANoteAsAChange::new, contract, "aUseIsNotedBesideTheKeyAndChangesNothingOfIt"),
                lending(BrokenUses.KeepsAnEarlierAddress::new, contract, "theAddressMayBeAnyOrUnknown"),
                lending(
                        BrokenUses.CutsUsesToSeconds::new,
                        contract,
                        "theInstantIsKeptToTheMillisecondInEveryTimeZoneOfTheMachine"),
                lending(BrokenUses.NotesForeignKeys::new, contract, "whatDoesNotExistIsPassedOver"),
                lending(BrokenUses.StumblesOverMissingKeys::new, contract, "whatDoesNotExistIsPassedOver"));
    }

    static List<Broken> inWhatVerificationsLeaveBehind() {
        Class<? extends KeyStoreContract> contract = Contracts.KeyUses.class;
        return List.of(
                lending(
                        BrokenUses.TakesTheLastThatIsNoted::new,
                        contract,
                        "ofTwoNodesTheLaterUseCounts",
                        "aClockThatStepsBackTakesNoNoteAway"),
                lending(BrokenUses.NotesNothingOfDeletedKeys::new, contract, "aUseIsWrittenAlsoAfterTheKeyWasDeleted"),
                lending(BrokenUses.CountsANoteAsAChange::new, contract, "aUseIsNoChangeOfTheKey"));
    }

    static List<Broken> inTheirUsesAmongOtherWork() {
        Class<? extends KeyStoreContract> contract = Contracts.NotedUses.class;
        return List.of(
                broken("NotesAtOnce", BrokenUses.NotesAtOnce::new, contract, "aNoteIsPartOfItsUnitOfWork"),
                broken("ReadsWhatIsNow", ReadsWhatIsNow::new, contract, "aReadThatHasBegunDoesNotSeeIt"),
                lending(BrokenUses.NotesAFewAtOnce::new, contract, "manyAreNotedAtOnce"),
                broken(
                        "HoldsKeysInAnyOrder",
                        BrokenUses.HoldsKeysInAnyOrder::new,
                        contract,
                        "thoseWhoNoteTheSameKeysDoNotConflict"),
                broken("LastWriterWins", LastWriterWins::new, contract, "changesAndNotesOfTheSameKeyAreAllKept"));
    }
}
