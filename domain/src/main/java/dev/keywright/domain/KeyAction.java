package dev.keywright.domain;

/** What can happen to a key in its life. */
public enum KeyAction {
    CREATED,
    UPDATED,
    DEACTIVATED,
    ACTIVATED,
    DELETED
}
