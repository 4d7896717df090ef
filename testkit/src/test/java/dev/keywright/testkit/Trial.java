package dev.keywright.testkit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.keywright.application.spi.KeyStore;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * A run of one contract over one store.
 *
 * @param passed the names of the tests that passed
 * @param failed the names of those that did not
 */
record Trial(Set<String> passed, Set<String> failed) {

    private static volatile Supplier<KeyStore> onTrial = ReferenceStore::new;

    /** The store that the contract under trial is to test. */
    static KeyStore store() {
        return onTrial.get();
    }

    /** Runs the contract. Trials take turns. */
    static synchronized Trial of(Class<? extends KeyStoreContract> contract, Supplier<KeyStore> store) {
        onTrial = store;
        Trial trial = new Trial(new TreeSet<>(), new TreeSet<>());
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(contract))
                .configurationParameter("jqwik.database", "target/jqwik-trials")
                .configurationParameter("jqwik.shrinking.default", "OFF")
                .configurationParameter("jqwik.reporting.usejunitplatform", "true")
                .build();
        LauncherFactory.create().execute(request, trial.new Notes());
        return trial;
    }

    private final class Notes implements TestExecutionListener {

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            boolean successful = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
            if (test.isTest() || !successful) {
                String name = test.getDisplayName().replace("()", "");
                (successful ? passed : failed).add(name);
            }
        }
    }
}
