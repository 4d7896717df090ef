package dev.keywright.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Contract section 4, {@code apiVersion}: the deployment's list. */
class ReleasedVersionsTest {

    private static final ApiVersion OLD = ApiVersion.parse("2024-05-22");
    private static final ApiVersion NEW = ApiVersion.parse("2025-01-01");
    private static final ApiVersion OTHER = ApiVersion.parse("2024-05-23");

    @Test
    void withoutAListAnyRealDateIsAdmitted() {
        assertThat(ReleasedVersions.any().admits(OTHER)).isTrue();
        assertThat(ReleasedVersions.only(List.of()).admits(OTHER)).isTrue();
        assertThat(ReleasedVersions.any()).isEmpty();
        assertThat(ReleasedVersions.any()).hasToString("any");
    }

    @Test
    void aListAdmitsWhatItLists() {
        ReleasedVersions released = ReleasedVersions.only(List.of(NEW, OLD, NEW));

        assertThat(released.admits(OLD)).isTrue();
        assertThat(released.admits(NEW)).isTrue();
        assertThat(released.admits(OTHER)).isFalse();
        assertThat(released).containsExactly(OLD, NEW);
        assertThat(released).hasToString("[2024-05-22, 2025-01-01]");
    }

    @Test
    void aRefusalListsTheReleasedVersions() {
        KeyError error = new KeyError.VersionNotReleased(OTHER, ReleasedVersions.only(List.of(NEW, OLD)));

        assertThat(error.message()).isEqualTo("2024-05-23 is no released version; released are 2024-05-22, 2025-01-01");
    }

    @Test
    void aListCannotBeChangedFromOutside() {
        List<ApiVersion> given = new ArrayList<>(List.of(OLD));
        ReleasedVersions released = ReleasedVersions.only(given);
        given.add(OTHER);

        assertThat(released.admits(OTHER)).isFalse();
    }
}
