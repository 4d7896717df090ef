package offending.keywright.application;

public final class Late {
    final Class<?> early = offending.keywright.domain.Early.class;
}
