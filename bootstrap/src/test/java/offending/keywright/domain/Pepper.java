package offending.keywright.domain;

public record Pepper(String text) {}
