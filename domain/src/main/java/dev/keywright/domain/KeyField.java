package dev.keywright.domain;

/** What an update can change. */
public enum KeyField {
    API_VERSION,
    DESCRIPTION,
    ALLOW_LIST,
    SCOPES,
    EXPIRY
}
