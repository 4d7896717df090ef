package dev.keywright.domain;

/**
 * A decision about a key: its new state and the event that tells why. Stores write both or neither.
 *
 * @param after the key as it is from now on
 * @param event what happened to it
 */
public record KeyChange(ApiKey after, KeyEvent event) {}
