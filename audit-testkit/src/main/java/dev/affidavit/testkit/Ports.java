package dev.affidavit.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of this machine. */
public final class Ports {
    /** Linux gives ports above these to whoever connects somewhere, even while the server that is to have one is away. */
    private static final int FIRST = 16_384;

    private static final int LAST = 32_768;

    private Ports() {}

    /** A port that nobody listens on. */
    public static int free() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (IOException e) {
                // It is taken.
            }
        }
    }
}
