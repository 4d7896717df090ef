package dev.keywright.application.spi;

import dev.keywright.domain.ApiKeyId;
import dev.keywright.domain.CompanyId;
import dev.keywright.domain.KeyUse;

/**
 * A use of a key, to be noted beside it.
 *
 * @param company the tenant
 * @param key the key
 * @param use when it was used, and from where
 */
public record NotedUse(CompanyId company, ApiKeyId key, KeyUse use) {}
