package offending.keywright.domain;

public final class KeyManager {}
