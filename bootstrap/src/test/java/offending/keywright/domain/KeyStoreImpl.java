package offending.keywright.domain;

public final class KeyStoreImpl {}
