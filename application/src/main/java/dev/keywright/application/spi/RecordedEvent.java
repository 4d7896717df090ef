package dev.keywright.application.spi;

import dev.keywright.domain.Actor;
import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyEvent;

/**
 * An event as it was written beside the key it changed.
 *
 * @param sequence ascends with every event of the store; gaps are allowed
 * @param company whose key
 * @param key which key
 * @param revision the key's revision after it
 * @param event what happened
 * @param by who asked for it
 */
public record RecordedEvent(long sequence, CompanyId company, ApiKeyId key, long revision, KeyEvent event, Actor by) {}
