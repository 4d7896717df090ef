package dev.keywright.bootstrap.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.keywright.application.spi.KeyStore;
import dev.keywright.testkit.AllKeyStoreContracts;
import dev.keywright.testkit.KeyStoreContract;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every store on the class path is tested for every contract of the testkit: its module has a test class that extends
 * {@link AllKeyStoreContracts}, and no contract is missing there.
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

    /** The contracts that no nested class of the suite runs, by name. */
    private static Stream<String> leftOut(Class<?> suite) {
        return contracts().stream()
                .map(JavaClass::reflect)
                .filter(contract -> Arrays.stream(suite.getDeclaredClasses()).noneMatch(contract::isAssignableFrom))
                .map(Class::getSimpleName);
    }

    private static boolean keepsAllContracts(JavaClasses tests) {
        return tests.stream().anyMatch(test -> isConcrete(test) && test.isAssignableTo(AllKeyStoreContracts.class));
    }

    @Test
    void everyStoreIsTestedForAllContracts() {
        assertThat(stores())
                .isNotEmpty()
                .allSatisfy(store -> assertThat(keepsAllContracts(Product.testsOfTheModuleOf(store)))
                        .as("a test of %s extends AllKeyStoreContracts", store.getName())
                        .isTrue());
    }

    @Test
    void allContractsAreInTheSuite() {
        assertThat(leftOut(AllKeyStoreContracts.class)).isEmpty();
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

        assertThat(keepsAllContracts(testsOfAnotherKind)).isFalse();
    }

    @Test
    void aContractOutsideTheSuiteIsCaught() {
        assertThat(leftOut(StoresKeepContractsTest.class)).contains("UnitOfWorkContract", "KeyRowsContract");
    }
}
