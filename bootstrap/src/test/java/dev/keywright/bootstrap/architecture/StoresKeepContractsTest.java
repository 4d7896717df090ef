package dev.keywright.bootstrap.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.keywright.application.spi.KeyStore;
import dev.keywright.testkit.KeyStoreContract;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every store on the class path is tested for every contract of the testkit: its module has, for each, a test class that
 * extends it and can run.
 */
final class StoresKeepContractsTest {

    private static List<JavaClass> stores() {
        return Product.main().stream()
                .filter(type -> type.isAssignableTo(KeyStore.class) && isConcrete(type))
                .toList();
    }

    private static List<JavaClass> contracts() {
        return Product.testkit().stream()
                .filter(type -> type.isAssignableTo(KeyStoreContract.class)
                        && !type.isEquivalentTo(KeyStoreContract.class)
                        && type.getModifiers().contains(JavaModifier.ABSTRACT)
                        && type.getModifiers().contains(JavaModifier.PUBLIC))
                .toList();
    }

    private static boolean isConcrete(JavaClass type) {
        return !type.isInterface() && !type.getModifiers().contains(JavaModifier.ABSTRACT);
    }

    /** The contracts that no class among the tests runs, by name. */
    private static Stream<String> untested(JavaClasses tests) {
        return contracts().stream()
                .filter(contract ->
                        tests.stream().noneMatch(test -> isConcrete(test) && test.isAssignableTo(contract.getName())))
                .map(JavaClass::getSimpleName);
    }

    @Test
    void everyStoreIsTestedForEveryContract() {
        assertThat(stores())
                .isNotEmpty()
                .allSatisfy(store -> assertThat(untested(Product.testsOfTheModuleOf(store)))
                        .as("contracts without a test of %s", store.getName())
                        .isEmpty());
    }

    @Test
    void theStoresAndContractsThatWeKnowAreFound() {
        assertThat(stores()).extracting(JavaClass::getSimpleName).contains("InMemoryKeyStore", "JdbiKeyStore");
        assertThat(contracts())
                .extracting(JavaClass::getSimpleName)
                .contains("UnitOfWorkContract", "KeyRowsContract", "KeyInstantsContract", "EmptyStoreContract");
    }

    @Test
    void aStoreWithoutTestsIsCaught() {
        JavaClasses testsOfAnotherKind = new ClassFileImporter().importClasses(StoresKeepContractsTest.class);

        assertThat(untested(testsOfAnotherKind)).contains("UnitOfWorkContract", "KeyRowsContract");
    }
}
