package dev.keywright.application.spi;

import dev.keywright.domain.ApiKeyId;
import java.time.Instant;

/**
 * A create that a token stands for.
 *
 * @param request a digest of what was asked for, 64 lower-case hexadecimal digits
 * @param key the key that was made
 * @param at when, in whole milliseconds
 */
public record RecordedCreate(String request, ApiKeyId key, Instant at) {}
