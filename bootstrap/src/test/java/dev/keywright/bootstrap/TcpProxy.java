package dev.keywright.bootstrap;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The network between a node and its database, on loopback: it can go silent in either direction, reset, or refuse. */
final class TcpProxy implements AutoCloseable {

    /** Which way bytes go. */
    enum Direction {
        TO_SERVER,
        FROM_SERVER
    }

    private final int target;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final Set<Direction> silent = EnumSet.noneOf(Direction.class);
    private final int port;
    private ServerSocket door;
    private boolean resetting;

    private TcpProxy(int target) throws IOException {
        this.target = target;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.port = door.getLocalPort();
        serve(door);
    }

    /** Passes everything on to this port of the machine, until told otherwise. */
    static TcpProxy to(int port) {
        try {
            return new TcpProxy(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    private void serve(ServerSocket at) {
        daemon(() -> {
            while (!at.isClosed()) {
                try {
                    take(at.accept());
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    private void take(Socket near) {
        try {
            if (isResetting()) {
                reset(near);
                return;
            }
            Link link = new Link(near, new Socket(InetAddress.getLoopbackAddress(), target));
            links.add(link);
            link.start();
        } catch (IOException serverIsAway) {
            reset(near);
        }
    }

    private synchronized boolean isResetting() {
        return resetting;
    }

    /** Lets nothing pass in these directions, on old and on new connections, as a network that lost its way. */
    synchronized void fallSilent(Direction... directions) {
        silent.addAll(Set.of(directions));
    }

    /** Resets all connections, and new ones as soon as they are made. */
    void resetAll() {
        synchronized (this) {
            resetting = true;
        }
        links.forEach(Link::reset);
    }

    /** Accepts no connection any more and resets those that are open, as a machine on which nobody listens. */
    void refuse() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        links.forEach(Link::reset);
    }

    /** Whatever was wrong is over. What was held back arrives now. */
    synchronized void pass() {
        resetting = false;
        silent.clear();
        notifyAll();
        if (door.isClosed()) {
            try {
                door = new ServerSocket();
                door.setReuseAddress(true);
                door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                serve(door);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** New connections pass again; those that fell silent stay so for ever, and neither end is told. */
    void passNewOnesOnly() {
        links.forEach(link -> link.forgotten = true);
        pass();
    }

    private synchronized void await(Link link, Direction direction) throws InterruptedException {
        while (link.forgotten || silent.contains(direction)) {
            wait();
        }
    }

    @Override
    public void close() {
        refuse();
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "tcp-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException closedAlready) {
            // That is what was wanted.
        }
    }

    /** A connection and its continuation. */
    private final class Link {

        private final Socket near;
        private final Socket far;
        private volatile boolean forgotten;

        Link(Socket near, Socket far) {
            this.near = near;
            this.far = far;
        }

        void start() {
            daemon(() -> pump(near, far, Direction.TO_SERVER));
            daemon(() -> pump(far, near, Direction.FROM_SERVER));
        }

        private void pump(Socket from, Socket to, Direction direction) {
            byte[] some = new byte[1 << 14];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int count = in.read(some); count >= 0; count = in.read(some)) {
                    TcpProxy.this.await(this, direction);
                    out.write(some, 0, count);
                }
                TcpProxy.this.await(this, direction);
                to.shutdownOutput();
            } catch (IOException | InterruptedException broken) {
                reset();
            }
        }

        void reset() {
            links.remove(this);
            TcpProxy.reset(near);
            TcpProxy.reset(far);
        }
    }
}
