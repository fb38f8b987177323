package dev.affidavit.testkit;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Ports of this machine. */
public final class Ports {
    /** Linux gives ports above these to whoever connects somewhere, even while the server that is to have one is away. */
    private static final int FIRST = 16_384;

    private static final int LAST = 32_768;
    private static final int BLOCK = 128;

    /**
     * Listens on the first port of a block, so that the others of the block are this JVM's alone: tests of other modules
     * run at the same time, and a server takes a while to take the port that it was given. Open until the JVM ends.
     */
    @GuardedBy("Ports.class")
    private static @Nullable ServerSocket block;

    @GuardedBy("Ports.class")
    private static int given;

    private Ports() {}

    /** A port that nobody listens on, and that nobody else is given in a while. */
    public static synchronized int free() {
        ServerSocket own = block == null ? takeBlock() : block;
        block = own;
        while (true) {
            given++;
            int port = own.getLocalPort() + 1 + given % (BLOCK - 1);
            try (ServerSocket free = listen(port)) {
                return free.getLocalPort();
            } catch (IOException e) {
                // It is taken.
            }
        }
    }

    private static ServerSocket takeBlock() {
        while (true) {
            int number = ThreadLocalRandom.current().nextInt((LAST - FIRST) / BLOCK);
            try {
                return listen(FIRST + number * BLOCK);
            } catch (IOException e) {
                // It is another's.
            }
        }
    }

    private static ServerSocket listen(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    }
}
