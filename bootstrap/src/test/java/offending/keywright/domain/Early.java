package offending.keywright.domain;

public final class Early {
    final offending.keywright.application.Late late = new offending.keywright.application.Late();
}
