package dev.affidavit.testkit.delivery;

import dev.affidavit.spi.DestinationProvider;
import dev.affidavit.spi.FrameworkStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Forwards a log until its standard input ends, or it is killed. Arguments: log, log id, destination, {@code option=value} … */
public final class ForwardingProgram {
    private static final int FIRST_OPTION = 3;

    private ForwardingProgram() {}

    public static void main(String[] arguments) throws IOException {
        Map<String, String> options = Arrays.stream(arguments)
                .skip(FIRST_OPTION)
                .map(option -> option.split("=", 2))
                .collect(Collectors.toMap(option -> option[0], option -> option[1]));
        try (RunningForwarder forwarder = RunningForwarder.start(
                Path.of(arguments[0]), arguments[1], provider(arguments[2]), options, new Printed())) {
            while (System.in.read() >= 0) {
                // Nobody says anything.
            }
            System.err.println(forwarder.statistics().summary());
        }
    }

    private static DestinationProvider provider(String name) {
        return ServiceLoader.load(DestinationProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Says everything on standard error. */
    private static final class Printed implements FrameworkStatus {
        @Override
        public void info(String message) {
            System.err.println("INFO " + message);
        }

        @Override
        public void warn(String message) {
            System.err.println("WARN " + message);
        }

        @Override
        public void error(String message, @Nullable Throwable cause) {
            System.err.println("ERROR " + message);
        }
    }
}
