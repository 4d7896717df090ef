package dev.keywright.bootstrap.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Set;

/** Who may know whom: lists of what is allowed, so that nothing new is allowed by forgetting to forbid it. */
final class Layers {

    static final String DOMAIN = "..keywright.domain..";
    static final String APPLICATION = "..keywright.application..";
    static final String SPI = "..keywright.application.spi..";
    static final String IN_MEMORY = "..keywright.inmemory..";
    static final String JDBI = "..keywright.jdbi..";
    static final String HTTP = "..keywright.http..";
    static final String BOOTSTRAP = "..keywright.bootstrap..";
    static final String TESTKIT = "..keywright.testkit..";
    private static final String JSPECIFY = "org.jspecify.annotations..";
    private static final String JAVA = "java..";
    private static final String LOG = "org.slf4j..";

    private static final Set<String> ADDRESSES =
            Set.of(InetAddress.class.getName(), Inet4Address.class.getName(), Inet6Address.class.getName());

    /** The language and its library without files, networks and databases; its cryptography has a package of its own. */
    private static final DescribedPredicate<JavaClass> PLAIN_JAVA = describe(
            "are plain Java",
            named -> ADDRESSES.contains(named.getName())
                    || resideInAnyPackage(JAVA, "javax.crypto..").test(named)
                            && !resideInAnyPackage(
                                            "java.sql..",
                                            "java.io..",
                                            "java.net..",
                                            "java.nio.file..",
                                            "java.nio.channels..")
                                    .test(named));

    private Layers() {}

    static ArchRule theDomainKnowsItselfAndPlainJava() {
        return classes()
                .that()
                .resideInAPackage(DOMAIN)
                .should()
                .onlyDependOnClassesThat(elements(PLAIN_JAVA.or(resideInAnyPackage(DOMAIN, JSPECIFY))));
    }

    static ArchRule theApplicationKnowsTheDomainAndPlainJava() {
        return classes()
                .that()
                .resideInAPackage(APPLICATION)
                .should()
                .onlyDependOnClassesThat(elements(PLAIN_JAVA.or(resideInAnyPackage(APPLICATION, DOMAIN, JSPECIFY))));
    }

    static ArchRule theStoreInMemoryKnowsTheInnerLayers() {
        return adapter(IN_MEMORY);
    }

    static ArchRule theStoreOnJdbiKnowsTheInnerLayersAndItsLibraries() {
        return adapter(
                JDBI,
                "org.jdbi.v3..",
                "com.zaxxer.hikari..",
                "org.flywaydb.core..",
                "org.h2.mvstore",
                "org.h2.store.fs..",
                "org.postgresql",
                "javax.sql..",
                LOG);
    }

    static ArchRule theHttpInterfaceKnowsTheInnerLayersAndItsLibraries() {
        return adapter(
                HTTP,
                "io.javalin..",
                "org.eclipse.jetty..",
                "jakarta.servlet..",
                "com.fasterxml.jackson..",
                "jakarta.validation..",
                "org.hibernate.validator..",
                "com.nimbusds..",
                "com.github.benmanes.caffeine..",
                "io.github.bucket4j..",
                "kotlin..",
                LOG);
    }

    private static ArchRule adapter(String itself, String... libraries) {
        return classes()
                .that()
                .resideInAPackage(itself)
                .should()
                .onlyDependOnClassesThat(elements(resideInAnyPackage(itself, APPLICATION, DOMAIN, JAVA, JSPECIFY)
                        .or(resideInAnyPackage(libraries))));
    }

    static ArchRule nobodyKnowsBootstrap() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(BOOTSTRAP)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(BOOTSTRAP);
    }

    static ArchRule mainCodeDoesNotKnowTheTestkit() {
        return noClasses().should().dependOnClassesThat().resideInAPackage(TESTKIT);
    }

    static ArchRule packagesHaveNoCycles() {
        return slices().matching("..keywright.(**)").should().beFreeOfCycles();
    }

    /** An array is allowed where its elements are; primitives are allowed everywhere. */
    private static DescribedPredicate<JavaClass> elements(DescribedPredicate<JavaClass> allowed) {
        return describe(allowed.getDescription(), type -> {
            JavaClass element = type.getBaseComponentType();
            return element.isPrimitive() || allowed.test(element);
        });
    }
}
