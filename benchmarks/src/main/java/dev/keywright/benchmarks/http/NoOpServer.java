package dev.keywright.benchmarks.http;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The floor of what a request costs: the server library as it comes, with virtual threads where Java has them, handlers that
 * read and write what the product reads and writes, and nothing in between. It ends when its standard input does.
 */
final class NoOpServer {
    private static final String KEY_ID = "key_01kjpx8nh0ek99yejwftdjtkv0";

    /** The request of {@code POST /keys/verify}. */
    record Question(
            @Nullable String key,
            @Nullable String clientIp,
            @Nullable List<String> scopes) {}

    /** The answer of {@code POST /keys/verify}. */
    record Verdict(
            boolean valid,
            String code,
            @Nullable String keyId,
            @Nullable String companyId,
            @Nullable String userId,
            @Nullable String apiVersion,
            @Nullable List<String> scopes,
            @Nullable String expiresAt,
            @Nullable List<String> missingScopes) {}

    private NoOpServer() {}

    /** Listens on any free port of the loopback interface, and prints which. */
    public static void main(String[] args) throws IOException {
        Javalin server = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.concurrency.useVirtualThreads = true;
                    config.routes.post("/keys/verify", NoOpServer::verify);
                    config.routes.get("/auth", NoOpServer::auth);
                })
                .start("127.0.0.1", 0);
        System.out.println("No-op listens on http://127.0.0.1:" + server.port());
        System.in.transferTo(java.io.OutputStream.nullOutputStream());
        server.stop();
    }

    private static void verify(Context ctx) {
        Question question = ctx.bodyAsClass(Question.class);
        ctx.json(new Verdict(
                question.key() != null,
                "VALID",
                KEY_ID,
                "default",
                "user-000500",
                "2024-05-22",
                List.of("keys:read"),
                null,
                null));
    }

    private static void auth(Context ctx) {
        ctx.status(HttpStatus.NO_CONTENT)
                .header("X-Company-Id", "default")
                .header("X-User-Id", "user-000500")
                .header("X-Key-Id", KEY_ID)
                .header("X-Api-Version", "2024-05-22");
    }
}
