package dev.keywright.bootstrap;

/** A line of a copy or a trail is not one that Keywright writes. The message follows the number of the line. */
final class UnreadableLineException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableLineException(String message) {
        super(message);
    }
}
