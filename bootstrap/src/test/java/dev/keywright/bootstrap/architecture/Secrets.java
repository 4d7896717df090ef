package dev.keywright.bootstrap.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessTargetWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.keywright.domain.KeySecret;
import dev.keywright.domain.Pepper;
import dev.keywright.domain.SecretDigest;
import java.util.Set;

/** What may be done with secrets. */
final class Secrets {

    /** Where a new secret is answered to the one who asked for it: over HTTP, and on the command line. */
    private static final Set<String> ANSWER_A_NEW_SECRET =
            Set.of("dev.keywright.http.KeyAnswer", "dev.keywright.bootstrap.ServeCommand");

    private static final Set<String> COMPARISONS =
            Set.of("equals", "equalsIgnoreCase", "compareTo", "contentEquals", "deepEquals", "compare", "mismatch");

    /** Compare the names of schemes, which are public, beside the digests, which they compare rightly. */
    private static final Set<String> COMPARE_SCHEMES =
            Set.of("dev.keywright.domain.SecretDigest.equals", "dev.keywright.domain.SecretDigester.matches");

    private Secrets() {}

    /** */
    static ArchRule secretsAreRevealedWhereANewOneIsAnswered() {
        return noClasses()
                .that(describe("answer no new secret", type -> !ANSWER_A_NEW_SECRET.contains(type.getName())))
                .should(accessTargetWhere(describe("a secret is revealed", Secrets::reveals)));
    }

    private static boolean reveals(JavaAccess<?> access) {
        return access.getTargetOwner().isEquivalentTo(KeySecret.class)
                && access.getName().equals("reveal");
    }

    /** who has the bytes or the text of a secret in hand compares nothing but with {@code MessageDigest.isEqual}. */
    static ArchRule secretsAreComparedInConstantTime() {
        return methods()
                .that(describe("handle the text or bytes of a secret", Secrets::handlesASecret))
                .should(new ArchCondition<>("compare with MessageDigest.isEqual") {
                    @Override
                    public void check(JavaMethod method, ConditionEvents events) {
                        method.getAccessesFromSelf().stream()
                                .filter(access -> COMPARISONS.contains(access.getName()) && comparesTexts(access))
                                .filter(access -> !comparesSchemes(method, access))
                                .forEach(access ->
                                        events.add(SimpleConditionEvent.violated(method, access.getDescription())));
                    }
                });
    }

    private static boolean handlesASecret(JavaCodeUnit unit) {
        return unit.getAccessesFromSelf().stream()
                .anyMatch(access -> reveals(access)
                        || access.getName().equals("bytes")
                                && (access.getTargetOwner().isEquivalentTo(SecretDigest.class)
                                        || access.getTargetOwner().isEquivalentTo(KeySecret.class)));
    }

    private static boolean comparesSchemes(JavaMethod method, JavaAccess<?> access) {
        return COMPARE_SCHEMES.contains(method.getOwner().getName() + "." + method.getName())
                && access.getTargetOwner().isEquivalentTo(String.class);
    }

    private static boolean comparesTexts(JavaAccess<?> access) {
        return Set.of("java.lang.String", "java.util.Arrays", "java.util.Objects", "java.nio.ByteBuffer")
                .contains(access.getTargetOwner().getName());
    }

    /** the types that hold secrets say themselves what equal means, in constant time. */
    static ArchRule secretTypesAreEqualInConstantTime() {
        return methods()
                .that()
                .haveName("equals")
                .and()
                .areDeclaredInClassesThat(holdSecrets())
                .should(new ArchCondition<>("rest on MessageDigest.isEqual") {
                    @Override
                    public void check(JavaMethod method, ConditionEvents events) {
                        boolean constant = method.getMethodCallsFromSelf().stream()
                                .anyMatch(
                                        call -> call.getTargetOwner().getName().equals("java.security.MessageDigest")
                                                && call.getName().equals("isEqual"));
                        if (!constant) {
                            events.add(SimpleConditionEvent.violated(method, method.getDescription()));
                        }
                    }
                });
    }

    /** a record would print its components. */
    static ArchRule secretTypesAreNoRecords() {
        return noClasses()
                .that(holdSecrets())
                .should()
                .beRecords()
                .orShould()
                .beAssignableTo(java.io.Serializable.class);
    }

    private static DescribedPredicate<JavaClass> holdSecrets() {
        return describe(
                "hold secrets",
                type -> Set.of(KeySecret.class, SecretDigest.class, Pepper.class).stream()
                        .anyMatch(held -> held.getSimpleName().equals(type.getSimpleName())));
    }
}
