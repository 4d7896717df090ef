package dev.keywright.http;

import io.javalin.http.Context;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** What load balancers and supervisors ask. */
final class Health {
    static final Set<String> PATHS = Set.of("/health/live", "/health/ready");

    private final BooleanSupplier ready;

    Health(BooleanSupplier ready) {
        this.ready = ready;
    }

    void addTo(Routes routes) {
        routes.get("/health/live", ctx -> Answers.json(ctx, 200, Map.of("status", "live")))
                .get("/health/ready", this::ready);
    }

    private void ready(Context ctx) {
        if (!ready.getAsBoolean()) {
            throw Problem.unavailable("The store cannot be reached").asException();
        }
        Answers.json(ctx, 200, Map.of("status", "ready"));
    }
}
