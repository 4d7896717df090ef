package dev.keywright.bootstrap;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Locale;
import java.util.Set;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;

/** The validator of requests: English whatever the machine's locale, and no expression language in its messages. */
final class EnglishValidator {

    private EnglishValidator() {}

    private record Sample(@NotNull @Size(max = 1) String text) {}

    /** A validator that has worked once, so that the first request doesn't wait for it. */
    static Validator warmedUp() {
        // One log for all parts: without this, Hibernate Validator would choose the JDK's own.
        System.setProperty("org.jboss.logging.provider", "slf4j");
        Validator validator = Validation.byDefaultProvider()
                .configure()
                .messageInterpolator(new ParameterMessageInterpolator(
                        Set.of(Locale.ENGLISH), Locale.ENGLISH, context -> Locale.ENGLISH, true))
                .buildValidatorFactory()
                .getValidator();
        validator.validate(new Sample("too long"));
        return validator;
    }
}
