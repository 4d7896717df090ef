package dev.keywright.application;

import dev.keywright.domain.KeyPrefix;
import dev.keywright.domain.ReleasedVersions;
import dev.keywright.domain.SecretDigester;
import java.time.Duration;

/**
 * What a deployment decides about its keys.
 *
 * @param prefix the prefix of new secrets
 * @param digester how secrets are stored and recognised
 * @param downgradeWindow how long after an upgrade a pin may go back; zero to 36,500 days
 * @param released the versions that a key may be pinned to
 */
public record KeyPolicy(
        KeyPrefix prefix, SecretDigester digester, Duration downgradeWindow, ReleasedVersions released) {

    /** The longest window: a hundred years. */
    public static final Duration LONGEST_WINDOW = Duration.ofDays(36_500);

    public KeyPolicy {
        if (downgradeWindow.isNegative() || downgradeWindow.compareTo(LONGEST_WINDOW) > 0) {
            throw new IllegalArgumentException("a downgrade window lasts from zero to 36500 days");
        }
    }

    /** Prefix {@code kw}, SHA-256 without a pepper, 72 hours, any version. */
    public static KeyPolicy defaults() {
        return new KeyPolicy(KeyPrefix.DEFAULT, SecretDigester.sha256(), Duration.ofHours(72), ReleasedVersions.any());
    }

    public KeyPolicy withPrefix(KeyPrefix changed) {
        return new KeyPolicy(changed, digester, downgradeWindow, released);
    }

    public KeyPolicy withDigester(SecretDigester changed) {
        return new KeyPolicy(prefix, changed, downgradeWindow, released);
    }

    public KeyPolicy withDowngradeWindow(Duration changed) {
        return new KeyPolicy(prefix, digester, changed, released);
    }

    public KeyPolicy withReleased(ReleasedVersions changed) {
        return new KeyPolicy(prefix, digester, downgradeWindow, changed);
    }
}
