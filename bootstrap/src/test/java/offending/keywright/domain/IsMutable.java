package offending.keywright.domain;

public final class IsMutable {
    int count;
}
