package offending.keywright.http;

public final class ThrowsHiddenDice {
    final double chance = Math.random();
}
