package dev.keywright.bootstrap.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The classes that the rules look at. */
final class Product {

    private static final DescribedPredicate<JavaClass> OF_THE_TESTKIT =
            JavaClass.Predicates.resideInAPackage("dev.keywright.testkit..");

    private Product() {}

    /** All main classes but the testkit, which is for tests. */
    static JavaClasses main() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.keywright")
                .that(DescribedPredicate.not(OF_THE_TESTKIT));
    }

    /** All classes of the testkit. */
    static JavaClasses testkit() {
        return new ClassFileImporter().importPackages("dev.keywright.testkit");
    }

    /** The test classes of the module from which this class was compiled. */
    static JavaClasses testsOfTheModuleOf(JavaClass main) {
        List<Path> compiled = new ArrayList<>();
        compiled.add(testClasses(main));
        return new ClassFileImporter().importPaths(compiled);
    }

    /** Beside {@code target/classes}, or beside the jar in {@code target}. */
    private static Path testClasses(JavaClass main) {
        String location = main.getSource().orElseThrow().getUri().toString();
        String target = location.substring(0, location.indexOf("/target/") + "/target/".length());
        Path tests = Path.of(URI.create(target.replaceFirst("^jar:", ""))).resolve("test-classes");
        if (!Files.isDirectory(tests)) {
            throw new IllegalStateException("The tests of " + main.getName() + " are not compiled: " + tests);
        }
        return tests;
    }
}
