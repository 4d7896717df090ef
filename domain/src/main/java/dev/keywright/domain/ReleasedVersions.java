package dev.keywright.domain;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** The versions that a key may be pinned to: a deployment's list, or {@link #any()} where it keeps none. Immutable. */
public final class ReleasedVersions implements Iterable<ApiVersion> {

    private static final ReleasedVersions ANY = new ReleasedVersions(List.of());

    private final SortedSet<ApiVersion> versions;

    private ReleasedVersions(Collection<ApiVersion> versions) {
        this.versions = new TreeSet<>(versions);
    }

    /** Every date is a version. */
    public static ReleasedVersions any() {
        return ANY;
    }

    /** Only these; of an empty collection, any. */
    public static ReleasedVersions only(Collection<ApiVersion> versions) {
        return versions.isEmpty() ? ANY : new ReleasedVersions(versions);
    }

    /** Whether a key may be pinned to this version. */
    public boolean admits(ApiVersion version) {
        return versions.isEmpty() || versions.contains(version);
    }

    /** The listed versions, oldest first; none where any is admitted. */
    @Override
    public Iterator<ApiVersion> iterator() {
        return List.copyOf(versions).iterator();
    }

    @Override
    public String toString() {
        return versions.isEmpty() ? "any" : versions.toString();
    }
}
