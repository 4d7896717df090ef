package dev.keywright.bootstrap.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The classes that the rules look at. */
final class Product {

    private static final DescribedPredicate<JavaClass> OF_THE_TESTKIT =
            JavaClass.Predicates.resideInAPackage("dev.keywright.testkit..");

    /** Imported once for all tests: it takes seconds. */
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importLocations(modules());

    private Product() {}

    /** Our own modules on the class path: folders of classes, or jars once they are packaged. */
    private static Set<Location> modules() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.endsWith("/target/classes") || entry.matches(".*/keywright-[^/]*\\.jar"))
                .map(entry -> Path.of(entry).toUri())
                .map(place -> Location.of(place.getPath().endsWith(".jar") ? URI.create("jar:" + place + "!/") : place))
                .collect(Collectors.toSet());
    }

    /** All main classes but the testkit, which is for tests. */
    static JavaClasses main() {
        return ALL.that(DescribedPredicate.not(OF_THE_TESTKIT));
    }

    /** All classes of the testkit. */
    static JavaClasses testkit() {
        return ALL.that(OF_THE_TESTKIT);
    }

    /** The test classes of the module from which this class was compiled. */
    static JavaClasses testsOfTheModuleOf(JavaClass main) {
        return new ClassFileImporter().importPaths(List.of(testClasses(main)));
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
