package dev.keywright.bootstrap;

import dev.keywright.domain.InvalidValueException;
import dev.keywright.http.OAuth2Settings;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Reads the settings that say whose JWTs are accepted: all that is needed, or none. */
final class OAuthReader {

    private static final List<Setting> ALL = List.of(
            Setting.OAUTH_ISSUER,
            Setting.OAUTH_AUDIENCE,
            Setting.OAUTH_JWKS_URL,
            Setting.OAUTH_COMPANY_CLAIM,
            Setting.OAUTH_USER_CLAIM,
            Setting.OAUTH_SCOPE_CLAIM);

    private OAuthReader() {}

    /** Empty if none of the settings is given, or if one is wrong, which the reader notes. */
    static Optional<OAuth2Settings> read(SettingsReader reader) {
        Optional<String> issuer = reader.read(Setting.OAUTH_ISSUER, OAuthReader::issuer);
        Optional<String> audience = reader.read(Setting.OAUTH_AUDIENCE, SettingText::name);
        Optional<URI> jwksUrl = reader.read(Setting.OAUTH_JWKS_URL, SettingText::url);
        Optional<String> company = reader.read(Setting.OAUTH_COMPANY_CLAIM, SettingText::name);
        Optional<String> user = reader.read(Setting.OAUTH_USER_CLAIM, SettingText::name);
        Optional<String> scope = reader.read(Setting.OAUTH_SCOPE_CLAIM, SettingText::name);
        boolean wanted = ALL.stream().anyMatch(reader::isGiven);
        for (Setting needed : List.of(Setting.OAUTH_ISSUER, Setting.OAUTH_AUDIENCE)) {
            if (wanted && !reader.isGiven(needed)) {
                reader.problem(needed, "is needed where any other of the OAUTH settings is given");
            }
        }
        return issuer.isEmpty() || audience.isEmpty() || company.isEmpty() || user.isEmpty() || scope.isEmpty()
                ? Optional.empty()
                : Optional.of(new OAuth2Settings(
                        issuer.get(), audience.get(), jwksUrl, company.get(), user.get(), scope.get()));
    }

    private static String issuer(String text) {
        try {
            SettingText.url(text);
            return text;
        } catch (InvalidValueException e) {
            throw new InvalidValueException(
                    "must be the issuer's URL, as its tokens spell it, without query and fragment");
        }
    }
}
