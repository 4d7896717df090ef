package dev.keywright.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The paths and what each answers to. Every path that answers GET answers HEAD by the same handler, every path answers
 * OPTIONS, and every other method is refused with the list of those allowed. The first path that matches counts.
 */
final class Routes {
    private final List<Route> routes = new ArrayList<>();

    /** A path and what it answers to each method. */
    record Route(String template, Pattern pattern, Map<HandlerType, Handler> handlers) {
        boolean matches(String path) {
            return template.equals(path) || pattern.matcher(path).matches();
        }

        /** Refuses a method that the path does not have, also where a wider path that matches has it. */
        void requireMethod(String method) {
            if (!handlers.containsKey(HandlerType.findOrDefault(method))) {
                throw Problem.methodNotAllowed(allow()).asException();
            }
        }

        private String allow() {
            return String.join(
                    ", ", handlers.keySet().stream().map(HandlerType::name).toList());
        }
    }

    Routes get(String path, Handler handler) {
        return on(HandlerType.GET, path, handler).on(HandlerType.HEAD, path, handler);
    }

    Routes post(String path, Handler handler) {
        return on(HandlerType.POST, path, handler);
    }

    Routes put(String path, Handler handler) {
        return on(HandlerType.PUT, path, handler);
    }

    Routes delete(String path, Handler handler) {
        return on(HandlerType.DELETE, path, handler);
    }

    private Routes on(HandlerType method, String template, Handler handler) {
        route(template).handlers().put(method, handler);
        return this;
    }

    private Route route(String template) {
        return routes.stream()
                .filter(route -> route.template().equals(template))
                .findFirst()
                .orElseGet(() -> {
                    Pattern pattern =
                            Pattern.compile(template.replace(".", "\\.").replaceAll("\\{[A-Za-z]+}", "[^/]++"));
                    Route added = new Route(template, pattern, new LinkedHashMap<>());
                    routes.add(added);
                    return added;
                });
    }

    /** Every method of every path, like {@code GET /keys}. */
    List<String> operations() {
        return routes.stream()
                .flatMap(route ->
                        route.handlers().keySet().stream().map(method -> method.name() + " " + route.template()))
                .toList();
    }

    /** What a path leads to, whatever the method; empty if nobody answers to it. */
    Optional<Route> find(String path) {
        for (Route route : routes) {
            if (route.matches(path)) {
                return Optional.of(route);
            }
        }
        return Optional.empty();
    }

    /** Registers them all. */
    void addTo(RoutesConfig config) {
        for (Route route : routes) {
            route.handlers().put(HandlerType.OPTIONS, ctx -> noContent(ctx.header("Allow", route.allow())));
            route.handlers().forEach((method, handler) -> config.addHttpHandler(method, route.template(), handler));
        }
    }

    /** Answers 204, which has no body and so no type. */
    static void noContent(Context ctx) {
        ctx.status(204);
        ctx.res().setContentType(null);
    }
}
