package offending.keywright.http;

public final class EndsTheProcess {
    void end() {
        System.exit(1);
    }
}
