package dev.keywright.bootstrap;

/** How a command ended, for scripts. The numbers above 2 are those of sysexits.h. */
enum ExitStatus {
    /** All was done. */
    OK(0, "done"),
    /** A rule forbids it, or there is no such key. */
    REFUSED(1, "refused: a rule forbids it now, or there is no such key"),
    /** The command line, a value or a setting is wrong. */
    USAGE(2, "the command line, a value or a setting is wrong"),
    /** The store or the server is away, or the port is taken. */
    UNAVAILABLE(69, "the store or the server is not available, or the port is taken"),
    /** A fault of the program. */
    FAULT(70, "a fault of the program");

    private final int number;
    private final String meaning;

    ExitStatus(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    int number() {
        return number;
    }

    String meaning() {
        return meaning;
    }
}
