package dev.keywright.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launcher, with a Java and a Maven that only write down how they were called. */
final class LauncherTest {

    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant LATER = Instant.parse("2026-01-02T00:00:00Z");

    @TempDir
    private Path folder = Path.of("");

    private Path home = Path.of("");
    private Path bin = Path.of("");
    private Path jar = Path.of("");
    private Path source = Path.of("");

    @BeforeEach
    void layOut() throws IOException {
        home = Files.createDirectories(folder.resolve("key wright"));
        bin = Files.createDirectories(folder.resolve("bin"));
        jar = home.resolve("bootstrap/target/keywright.jar");
        Files.copy(Path.of("../keywright"), home.resolve("keywright"));
        executable(home.resolve("keywright"));
        source = Files.createDirectories(home.resolve("domain/src/main/java")).resolve("Key.java");
        Files.createDirectories(home.resolve("application/src/main/java"));
        Files.createDirectories(home.resolve("adapters-jdbi/src/main/java"));
        Files.createDirectories(home.resolve("bootstrap/src/main/java"));
        Files.createDirectories(home.resolve("bootstrap/src/test/java"));
        Files.createFile(source);
        Files.createFile(home.resolve("pom.xml"));
        script("java", """
                [ "$1" = -version ] && { echo "openjdk version \\"${FAKE_VERSION:-17.0.15}\\"" >&2; exit 0; }
                echo "pid $$"
                echo "in $(pwd -P)"
                echo "LC_ALL ${LC_ALL:-}"
                for argument; do echo "<$argument>"; done
                """);
        script("mvn", """
                echo "mvn $*" >> '%s'
                echo 'progress of Maven'
                [ -z "${FAKE_FAILURE:-}" ] || exit 1
                mkdir -p '%s' && echo jar > '%s'
                """.formatted(folder.resolve("mvn.log"), jar.getParent(), jar));
    }

    private void script(String name, String text) throws IOException {
        executable(Files.writeString(bin.resolve(name), "#!/bin/sh\n" + text));
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void builtAt(Instant instant) throws IOException {
        Files.createDirectories(jar.getParent());
        Files.writeString(jar, "jar");
        try (var all = Files.walk(home)) {
            for (Path path : all.toList()) {
                Files.setLastModifiedTime(path, FileTime.from(THEN));
            }
        }
        Files.setLastModifiedTime(jar, FileTime.from(instant));
    }

    private record Launched(long pid, int status, String out, String err) {}

    private Launched launch(Map<String, String> environment, Path from, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(home.resolve("keywright").toString()));
        command.addAll(List.of(arguments));
        return run(environment, from, command);
    }

    private Launched run(Map<String, String> environment, Path from, List<String> command) throws Exception {
        Path err = folder.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(from.toFile()).redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.equals("JAVA_HOME") || name.startsWith("LC_"));
        builder.environment().put("PATH", bin + ":/usr/bin:/bin");
        builder.environment().put("LANG", "C.UTF-8");
        builder.environment().putAll(environment);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Launched(process.pid(), process.exitValue(), out, Files.readString(err));
    }

    private List<String> builds() throws IOException {
        Path log = folder.resolve("mvn.log");
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    @Test
    void aMissingJarIsBuiltOnceAndQuietlyOnStandardOutput() throws Exception {
        Launched first = launch(Map.of(), folder, "--version");
        Launched second = launch(Map.of(), folder, "--version");

        assertThat(first.status()).isZero();
        assertThat(first.out()).doesNotContain("Maven").contains("<" + jar + ">");
        assertThat(first.err()).contains("building the jar").contains("progress of Maven");
        assertThat(second.err()).isEmpty();
        assertThat(builds())
                .singleElement()
                .asString()
                .contains("-q ")
                .contains("-pl bootstrap -am")
                .contains("skip=true package");
    }

    @ParameterizedTest
    @CsvSource({
        "domain/src/main/java/Key.java, true",
        "domain/src/main/java, true",
        "bootstrap/src/main/java, true",
        "pom.xml, true",
        "bootstrap/src/test/java, false",
        "bootstrap/target, false"
    })
    void whatGoesIntoTheJarMakesItStale(String changed, boolean rebuilt) throws Exception {
        builtAt(THEN);
        Files.setLastModifiedTime(home.resolve(changed), FileTime.from(LATER));

        launch(Map.of(), folder, "--version");

        assertThat(builds()).hasSize(rebuilt ? 1 : 0);
    }

    @Test
    void argumentsAreHandedOverAsTheyAre() throws Exception {
        builtAt(LATER);

        Launched launched = launch(
                Map.of(), folder, "keys", "create", "--description", "two  words", "", "$HOME", "'\"*", "Caf\u00e9");

        assertThat(launched.out())
                .contains("<-jar>\n<" + jar
                        + ">\n<keys>\n<create>\n<--description>\n<two  words>\n<>\n<$HOME>\n<'\"*>\n<Caf\u00e9>\n");
    }

    @Test
    void javaTakesThePlaceOfTheLauncherSoThatSignalsReachIt() throws Exception {
        builtAt(LATER);

        Launched launched = launch(Map.of(), folder, "serve");

        assertThat(launched.out()).contains("pid " + launched.pid() + "\n");
    }

    @Test
    void itWorksFromAnywhereAndThroughALink() throws Exception {
        builtAt(LATER);
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Files.createSymbolicLink(elsewhere.resolve("kw"), Path.of("../key wright/keywright"));

        Launched launched = run(Map.of(), elsewhere, List.of("./kw", "serve"));

        assertThat(launched.out())
                .contains("in " + elsewhere.toRealPath() + "\n")
                .contains("<" + jar.toRealPath() + ">");
    }

    @Test
    void aJarAloneIsEnough() throws Exception {
        builtAt(THEN);
        Files.delete(home.resolve("pom.xml"));
        Files.move(jar, home.resolve("keywright.jar"));

        Launched launched = launch(Map.of(), folder, "serve");

        assertThat(launched.out()).contains("<" + home.resolve("keywright.jar") + ">");
        assertThat(builds()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1.8.0_412, 69", "11.0.2, 69", "16, 69", "17, 0", "17.0.15, 0", "25-ea, 0", "nonsense, 69"})
    void anOldJavaIsToldSo(String version, int status) throws Exception {
        builtAt(LATER);

        Launched launched = launch(Map.of("FAKE_VERSION", version), folder, "serve");

        assertThat(launched.status()).isEqualTo(status);
        assertThat(launched.err().contains("Java 17 or newer is needed")).isEqualTo(status != 0);
    }

    @Test
    void javaHomeIsPreferred() throws Exception {
        builtAt(LATER);
        Path other = Files.createDirectories(folder.resolve("jdk/bin")).resolve("java");
        executable(
                Files.writeString(other, "#!/bin/sh\n[ \"$1\" = -version ] && echo 'version \"25\"' || echo other\n"));

        Launched launched = launch(Map.of("JAVA_HOME", folder.resolve("jdk").toString()), folder, "serve");

        assertThat(launched.out()).isEqualTo("other\n");
    }

    @Test
    void withoutJavaItSaysWhatToInstall() throws Exception {
        Path few = Files.createDirectories(folder.resolve("few"));
        for (String tool : List.of("dirname", "readlink", "sed", "find", "sh")) {
            executable(Files.writeString(few.resolve(tool), "#!/bin/sh\nexec /usr/bin/" + tool + " \"$@\"\n"));
        }

        Launched launched = launch(Map.of("PATH", few.toString()), folder, "serve");

        assertThat(launched.status()).isEqualTo(69);
        assertThat(launched.err()).contains("install Java 17 or newer");
    }

    @Test
    void aFailedBuildIsToldAndNothingIsRun() throws Exception {
        Launched launched = launch(Map.of("FAKE_FAILURE", "1"), folder, "serve");

        assertThat(launched.status()).isEqualTo(70);
        assertThat(launched.err()).contains("the build failed");
        assertThat(launched.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"C, C.UTF-8", "de_DE.ISO-8859-1, C.UTF-8", "de_DE.UTF-8, ''", "C.utf8, ''"})
    void argumentsAreReadAsUtf8WhateverTheLocale(String locale, String set) throws Exception {
        builtAt(LATER);

        Launched launched = launch(Map.of("LANG", locale), folder, "serve");

        assertThat(launched.out()).contains("LC_ALL " + set + "\n");
    }
}
