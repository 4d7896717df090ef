package dev.keywright.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A store that keeps every promise passes every contract. */
final class ReferenceStoreTest {

    private static final Set<String> WITHOUT_TESTS = Set.of("KeyStoreContract", "UseCaseContract");

    static List<Class<? extends KeyStoreContract>> contracts() {
        return Arrays.stream(Contracts.class.getDeclaredClasses())
                .<Class<? extends KeyStoreContract>>map(type -> type.asSubclass(KeyStoreContract.class))
                .toList();
    }

    @TestFactory
    Stream<DynamicTest> theReferenceStorePasses() {
        return contracts().stream()
                .map(contract -> dynamicTest(contract.getSimpleName(), () -> {
                    Trial trial = Trial.of(contract, ReferenceStore::new);

                    assertThat(trial.failed()).isEmpty();
                    assertThat(trial.passed()).isNotEmpty();
                }));
    }

    @Test
    void everyContractIsTried() throws IOException, URISyntaxException {
        Path classes = Path.of(KeyStoreContract.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.list(classes.resolve("dev/keywright/testkit"))) {
            Set<String> existing = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Contract.class"))
                    .map(name -> name.replace(".class", ""))
                    .filter(name -> !WITHOUT_TESTS.contains(name))
                    .collect(Collectors.toSet());

            assertThat(contracts().stream().map(type -> type.getSuperclass().getSimpleName()))
                    .containsExactlyInAnyOrderElementsOf(existing);
        }
    }
}
