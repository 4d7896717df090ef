package offending.keywright.http;

public final class CountsMillis {
    final long now = System.currentTimeMillis();
}
