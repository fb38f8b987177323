package dev.affidavit.trail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The name of this machine, as events and forwarders give it. */
public final class HostName {
    /** Asked first: it cannot block, as a name service can. */
    private static final Path LINUX_HOST_NAME = Path.of("/proc/sys/kernel/hostname");

    private HostName() {}

    /** Reads it anew. */
    public static String read() {
        try {
            return Files.readString(LINUX_HOST_NAME).strip();
        } catch (IOException notLinux) {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException e) {
                return "localhost";
            }
        }
    }
}
