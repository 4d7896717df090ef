package dev.keywright.http;

import io.javalin.http.Context;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.validation.Validator;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Reads a body into a request record, and that into what the use case needs, with every fault found on the way. */
final class Bodies {
    private final RequestBody bytes;
    private final Validator validator;

    Bodies(RequestBody bytes, Validator validator) {
        this.bytes = bytes;
        this.validator = validator;
    }

    /**
     * Reads a body.
     *
     * @param faults what was found wrong with the request so far
     * @param readOnly names that answers have and this request must not
     * @param reader picks the members
     * @param parser makes values of them
     * @throws ProblemException with all faults, if there are any
     */
    <Q, T> T read(
            Context ctx,
            Faults faults,
            Set<String> readOnly,
            Function<BodyFields, Q> reader,
            BiFunction<Q, Faults, T> parser) {
        BodyFields body = BodyFields.of(bytes.read(ctx), faults);
        Q request = reader.apply(body);
        body.refuseOthers(readOnly);
        for (ConstraintViolation<Q> violation : validator.validate(request)) {
            faults.at(pointer(violation.getPropertyPath()), violation.getMessage());
        }
        T parsed = parser.apply(request, faults);
        faults.throwIfAny(body.names());
        return parsed;
    }

    /** The JSON pointer of a property path: per node its index or key first, then its name. */
    private static String pointer(Path path) {
        StringBuilder pointer = new StringBuilder();
        for (Path.Node node : path) {
            if (node.getIndex() != null) {
                pointer.append('/').append(node.getIndex());
            }
            if (node.getKind() == ElementKind.PROPERTY) {
                pointer.append(Fault.token(node.getName()));
            }
        }
        return pointer.toString();
    }
}
