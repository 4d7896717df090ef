package dev.keywright.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.javalin.http.Context;
import java.io.UncheckedIOException;

/** Writes answers. */
final class Answers {
    private static final ObjectWriter JSON = JsonMapper.builder().build().writer();

    private Answers() {}

    static void json(Context ctx, int status, Object answer) {
        ctx.status(status).contentType("application/json").result(bytes(answer));
    }

    static void problem(Context ctx, Problem problem) {
        problem.headers().forEach(ctx::header);
        ctx.status(problem.type().status())
                .contentType(Problem.MEDIA_TYPE)
                .result(bytes(ProblemAnswer.of(problem, Exchange.id(ctx))));
    }

    static byte[] bytes(Object answer) {
        try {
            return JSON.writeValueAsBytes(answer);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("an answer of our own can be written", e);
        }
    }
}
