package dev.keywright.domain;

/** Whether a key is in use at all. Expiry is not a status: an expired key stays in the one it has. */
public enum KeyStatus {
    /** Switched on and not deleted. */
    ACTIVE,
    /** Switched off, or deleted. */
    INACTIVE
}
