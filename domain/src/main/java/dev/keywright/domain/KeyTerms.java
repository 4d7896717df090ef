package dev.keywright.domain;

import java.util.Optional;

/**
 * What the keys of a company often have in common: many keys can share one such value.
 *
 * @param company the tenant
 * @param prefix the first part of the secret
 * @param digestScheme how the digest of the secret was made, as {@link SecretDigest#scheme()} names it
 * @param apiVersion the version that the key is pinned to
 * @param scopes what it may do
 * @param allowList from where it may be used
 * @param enabled false while it is switched off
 * @param deleted whether it was deleted
 */
public record KeyTerms(
        CompanyId company,
        KeyPrefix prefix,
        String digestScheme,
        Optional<ApiVersion> apiVersion,
        Scopes scopes,
        IpAllowList allowList,
        boolean enabled,
        boolean deleted) {}
