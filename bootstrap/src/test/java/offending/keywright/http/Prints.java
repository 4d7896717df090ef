package offending.keywright.http;

public final class Prints {
    void print() {
        System.out.println("x");
    }
}
