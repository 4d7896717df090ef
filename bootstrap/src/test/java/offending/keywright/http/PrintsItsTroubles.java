package offending.keywright.http;

public final class PrintsItsTroubles {
    void print(Exception trouble) {
        trouble.printStackTrace();
    }
}
