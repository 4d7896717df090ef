package dev.keywright.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A problem as answers show it; {@code errors} only where there are some. */
@JsonPropertyOrder({"type", "title", "status", "detail", "requestId", "errors"})
@JsonInclude(JsonInclude.Include.NON_NULL)
record ProblemAnswer(
        String type,
        String title,
        int status,
        String detail,
        String requestId,
        @Nullable List<FaultAnswer> errors) {
    static ProblemAnswer of(Problem problem, String requestId) {
        return new ProblemAnswer(
                problem.type().uri(),
                problem.type().title(),
                problem.type().status(),
                problem.detail(),
                requestId,
                problem.faults().isEmpty()
                        ? null
                        : problem.faults().stream().map(FaultAnswer::of).toList());
    }

    /** One fault; exactly one of the first three is there. */
    @JsonPropertyOrder({"pointer", "parameter", "header", "detail"})
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record FaultAnswer(
            @Nullable String pointer,
            @Nullable String parameter,
            @Nullable String header,
            String detail) {
        static FaultAnswer of(Fault fault) {
            return switch (fault.place()) {
                case POINTER -> new FaultAnswer(fault.name(), null, null, fault.detail());
                case PARAMETER -> new FaultAnswer(null, fault.name(), null, fault.detail());
                case HEADER -> new FaultAnswer(null, null, fault.name(), fault.detail());
            };
        }
    }
}
