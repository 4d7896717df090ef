package dev.keywright.bootstrap.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessTargetWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.Date;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** What is done nowhere, or in one place only. */
final class Habits {

    /** Look for secrets inside other text, for a line of their own file, and for one entry of a list after the other. */
    private static final Set<String> SEARCH = Set.of(
            "dev.keywright.domain.KeySecret", "dev.keywright.jdbi.InitialisedMarker", "dev.keywright.http.IfMatch");

    private Habits() {}

    /** Time comes from an {@code InstantSource}; only bootstrap knows the system's. */
    static ArchRule timeIsAskedForInBootstrapOnly() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(Layers.BOOTSTRAP)
                .should(accessTargetWhere(describe("the clock of the system is read", access -> {
                    String owner = access.getTargetOwner().getName();
                    String name = access.getName();
                    return owner.startsWith("java.time.") && (name.equals("now") || name.startsWith("system"))
                            || owner.equals("java.lang.System") && name.equals("currentTimeMillis")
                            || owner.equals("java.util.Calendar") && name.equals("getInstance")
                            || owner.equals(Date.class.getName()) && isConstructorWithoutArguments(access);
                })));
    }

    private static boolean isConstructorWithoutArguments(JavaAccess<?> access) {
        return access.getTarget().getFullName().endsWith("<init>()");
    }

    /** no secret, id or anything else rests on chance that can be foretold. */
    static ArchRule chanceIsSecureEverywhere() {
        return noClasses()
                .should()
                .dependOnClassesThat(describe(
                        "are predictable generators",
                        type -> Stream.of(Random.class, SplittableRandom.class, ThreadLocalRandom.class)
                                        .anyMatch(type::isEquivalentTo)
                                || type.getPackageName().equals("java.util.random")))
                .orShould(accessTargetWhere(describe("predictable or hidden chance is used", access -> {
                    String target = access.getTargetOwner().getName() + "." + access.getName();
                    return target.equals("java.lang.Math.random")
                            || target.equals("java.lang.StrictMath.random")
                            || target.equals("java.util.UUID.randomUUID")
                            || target.equals("java.util.Collections.shuffle");
                })));
    }

    /** who needs chance is given it, so that a test can count what is taken. */
    static ArchRule generatorsAreMadeInBootstrapOnly() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(Layers.BOOTSTRAP)
                .should(accessTargetWhere(describe(
                        "a generator is made",
                        access -> access.getTargetOwner().isEquivalentTo(SecureRandom.class)
                                && (access.getName().equals("<init>")
                                        || access.getName().startsWith("getInstance")))));
    }

    /** Names are never looked up: neither what a caller sends nor what somebody configured. */
    static ArchRule namesAreNotLookedUp() {
        return noClasses().should(accessTargetWhere(describe("a name may be looked up", access -> {
            JavaClass owner = access.getTargetOwner();
            String name = access.getName();
            return owner.isAssignableTo(InetAddress.class)
                            && (name.equals("getByName")
                                    || name.equals("getAllByName")
                                    || name.equals("getLocalHost")
                                    || name.equals("getHostName")
                                    || name.equals("getCanonicalHostName"))
                    || owner.getName().equals("java.net.InetSocketAddress")
                            && (name.equals("<init>") || name.equals("getHostName"));
        })));
    }

    /** what is read matches from its first character to its last; {@code $} would let a line break through. */
    static ArchRule textsAreMatchedInFull() {
        return noClasses()
                .that(describe("search nothing", type -> !SEARCH.contains(type.getName())))
                .should(accessTargetWhere(describe("a part of a text is matched", access -> {
                    String target = access.getTargetOwner().getName() + "." + access.getName();
                    return target.equals("java.util.regex.Matcher.find")
                            || target.equals("java.util.regex.Matcher.lookingAt")
                            || target.equals("java.util.regex.Matcher.hitEnd")
                            || target.equals("java.util.regex.Pattern.asPredicate");
                })));
    }

    static ArchRule nobodyPrintsToTheConsole() {
        return noClasses()
                .should(accessTargetWhere(
                        describe("the console is written to past the log and the command line", access -> {
                            String target = access.getTargetOwner().getName() + "." + access.getName();
                            return target.equals("java.lang.System.out")
                                    || target.equals("java.lang.System.err")
                                    || access.getName().equals("printStackTrace");
                        })));
    }

    static ArchRule onlyMainEndsTheProcess() {
        return noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.keywright.bootstrap.Main")
                .should(accessTargetWhere(describe("the process is ended", access -> {
                    String target = access.getTargetOwner().getName() + "." + access.getName();
                    return target.equals("java.lang.System.exit")
                            || target.startsWith("java.lang.Runtime.halt")
                            || target.equals("java.lang.Runtime.exit");
                })));
    }

    static ArchRule theValuesOfTheDomainAreImmutable() {
        return fields().that()
                .areDeclaredInClassesThat()
                .resideInAPackage(Layers.DOMAIN)
                .and()
                .areDeclaredInClassesThat()
                .arePublic()
                .should()
                .beFinal();
    }

    static ArchRule namesSayWhatAThingIs() {
        return noClasses()
                .should()
                .haveNameMatching(".*(Impl|Manager|Helper|Utils?|Dto|DTO|VO|Abstract[A-Z]\\w*)(\\$.*)?");
    }

    /** The ports speak the language of the domain, so that no store's own types leak into the use cases. */
    static ArchRule portsSpeakTheDomain() {
        return classes().that().resideInAPackage(Layers.SPI).should(new ArchCondition<>("speak of domain types only") {
            @Override
            public void check(JavaClass port, ConditionEvents events) {
                port.getCodeUnits().stream()
                        .filter(unit -> !unit.getModifiers().contains(JavaModifier.SYNTHETIC))
                        .forEach(unit -> spoken(unit)
                                .filter(type -> !isOfThePorts(type))
                                .forEach(type -> events.add(SimpleConditionEvent.violated(
                                        unit, unit.getDescription() + " speaks of " + type.getName()))));
            }
        });
    }

    private static Stream<JavaClass> spoken(JavaCodeUnit unit) {
        Stream<JavaType> types = Stream.concat(Stream.of(unit.getReturnType()), unit.getParameterTypes().stream());
        return types.flatMap(type -> type.getAllInvolvedRawTypes().stream()).map(JavaClass::getBaseComponentType);
    }

    private static boolean isOfThePorts(JavaClass type) {
        DescribedPredicate<JavaClass> known = JavaClass.Predicates.resideInAnyPackage(
                Layers.DOMAIN, Layers.SPI, "java.lang", "java.util", "java.util.function", "java.time");
        return type.isPrimitive() || known.test(type);
    }
}
