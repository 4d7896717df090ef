package dev.keywright.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes answers. */
final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
    private static final ObjectWriter JSON = JsonMapper.builder().build().writer();

    private Answers() {}

    static void json(Context ctx, int status, Object answer) {
        write(ctx, status, "application/json", bytes(answer));
    }

    static void problem(Context ctx, Problem problem) {
        problem.headers().forEach(ctx::header);
        write(ctx, problem.type().status(), Problem.MEDIA_TYPE, bytes(ProblemAnswer.of(problem, Exchange.id(ctx))));
    }

    /** Hands the whole body to the container at once, which then needs no buffer and writes it together with the head. */
    private static void write(Context ctx, int status, String type, byte[] body) {
        HttpServletResponse response = ctx.res();
        response.setStatus(status);
        response.setContentType(type);
        response.setContentLength(body.length);
        try {
            response.getOutputStream().write(body);
        } catch (IOException e) {
            LOG.debug("request={} The client did not wait for its answer", LogText.field(Exchange.id(ctx)), e);
        }
    }

    static byte[] bytes(Object answer) {
        try {
            return JSON.writeValueAsBytes(answer);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("an answer of our own can be written", e);
        }
    }
}
