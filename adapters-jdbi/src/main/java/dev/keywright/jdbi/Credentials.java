package dev.keywright.jdbi;

import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** User and password as drivers take them. Never printed. */
final class Credentials {

    private final @Nullable String user;
    private final @Nullable String password;

    private Credentials(@Nullable String user, @Nullable String password) {
        this.user = user;
        this.password = password;
    }

    static Credentials of(DatabaseSettings settings, Dialect dialect) {
        boolean embedded = dialect == Dialect.H2;
        return new Credentials(
                settings.user().orElse(embedded ? "sa" : null),
                settings.password().orElse(embedded ? "" : null));
    }

    @Nullable
    String user() {
        return user;
    }

    @Nullable
    String password() {
        return password;
    }

    Properties toProperties() {
        Properties properties = new Properties();
        if (user != null) {
            properties.setProperty("user", user);
        }
        if (password != null) {
            properties.setProperty("password", password);
        }
        return properties;
    }
}
