package dev.keywright.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A server opens the door that it was told to open and no other: no console, no server of the database, nothing for debuggers. */
@Tag("R-65")
@EnabledOnOs(OS.LINUX)
final class OpenPortsTest {

    private static final String LISTENING = "0A";
    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void nothingButTheHttpPortIsOpen() throws Exception {
        try (ServerProcess server = ServerProcess.start(folder, Map.of())) {
            Api api = new Api(server.url(), server.firstKey().orElseThrow());
            api.ask(201, "POST", "/keys", "{\"userId\":\"alice\"}");

            assertThat(listening(server.pid()))
                    .containsExactly("0100007F:" + hex(URI.create(server.url()).getPort()));
            assertThat(bound(server.pid())).isEmpty();
        }
    }

    @Test
    void anOpenDoorIsSeen() throws IOException {
        long self = ProcessHandle.current().pid();
        try (ServerSocket tcp = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                DatagramSocket udp = new DatagramSocket()) {
            assertThat(listening(self)).contains("0100007F:" + hex(tcp.getLocalPort()));
            assertThat(bound(self)).anyMatch(address -> address.endsWith(":" + hex(udp.getLocalPort())));
        }
    }

    private static String hex(int port) {
        return "%04X".formatted(port);
    }

    /** The addresses and ports on which the process takes connections, as the kernel writes them, mapped ones as IPv4. */
    private static Set<String> listening(long pid) {
        return sockets(pid, "tcp", "tcp6")
                .filter(socket -> socket.get(STATE).equals(LISTENING))
                .map(socket -> socket.get(LOCAL_ADDRESS).replaceFirst("^0{16}F{4}0{4}", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The ports at which it takes datagrams. */
    private static Set<String> bound(long pid) {
        return sockets(pid, "udp", "udp6")
                .map(socket -> socket.get(LOCAL_ADDRESS))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<List<String>> sockets(long pid, String... tables) {
        Set<String> own = inodes(pid);
        return Stream.of(tables)
                .map(table -> Path.of("/proc/" + pid + "/net/" + table))
                .filter(Files::exists)
                .flatMap(table -> lines(table).skip(1))
                .map(line -> List.of(line.strip().split("\\s+")))
                .filter(socket -> own.contains(socket.get(INODE)));
    }

    private static Stream<String> lines(Path table) {
        try {
            return Files.readAllLines(table).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> inodes(long pid) {
        try (Stream<Path> files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return files.map(OpenPortsTest::target)
                    .filter(target -> target.startsWith("socket:["))
                    .map(target -> target.substring("socket:[".length(), target.length() - 1))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (NoSuchFileException closedMeanwhile) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
