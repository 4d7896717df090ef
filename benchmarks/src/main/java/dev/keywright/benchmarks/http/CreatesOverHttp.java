package dev.keywright.benchmarks.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The product on a database of its own, and clients that create keys through it, each when its last one is answered. */
public final class CreatesOverHttp implements AutoCloseable {
    private final Server product;
    private final Load load;
    private final List<Call> create;

    private CreatesOverHttp(Server product, int clients) {
        this.product = product;
        this.load = new Load(clients);
        this.create = List.of(Call.post(
                "/keys",
                product.firstKey(),
                "{\"userId\":\"alice\",\"description\":\"A key\",\"scopes\":[\"keys:read\"]}",
                201,
                "\"key\":\"kw_"));
    }

    /**
     * Starts the product.
     *
     * @param jar the executable jar
     * @param jvm options for its JVM
     * @param url of an empty database
     * @param user of that database
     * @param clients how many create at the same time
     */
    public static CreatesOverHttp start(Path jar, List<String> jvm, String url, String user, int clients)
            throws IOException {
        Path folder = Files.createTempDirectory("keywright-benchmark");
        folder.toFile().deleteOnExit();
        return new CreatesOverHttp(Server.productOn(jar, folder, jvm, url, user), clients);
    }

    /** How many keys were created in a second; any answer but a new key ends it. */
    public double perSecond(Duration time) throws IOException, InterruptedException {
        return load.run(product, create, time).requestsPerSecond();
    }

    @Override
    public void close() {
        product.close();
    }
}
