package dev.keywright.jdbi;

/** A process that opens a database and tells what came of it. */
final class OpenAndTell {

    private OpenAndTell() {}

    public static void main(String[] arguments) {
        try (Database database = Database.open(DatabaseSettings.of(arguments[0]))) {
            ChildJvm.print(database.isReachable() ? "open" : "closed");
        } catch (DatabaseRefusedException refused) {
            ChildJvm.print("refused: " + refused.getMessage());
        }
    }
}
