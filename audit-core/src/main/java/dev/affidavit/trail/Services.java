package dev.affidavit.trail;

import dev.affidavit.spi.AuditListenerProvider;
import dev.affidavit.spi.DestinationProvider;
import dev.affidavit.spi.EncryptionProvider;
import dev.affidavit.spi.ForwardingEngine;
import dev.affidavit.spi.FrameworkStatus;
import dev.affidavit.spi.ShutdownHandler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the class path offers. */
public final class Services {
    private Services() {}

    /** The kinds of destination, by name. One that cannot be loaded is reported, and is not there. */
    public static Map<String, DestinationProvider> destinations(FrameworkStatus status) {
        return load(DestinationProvider.class, DestinationProvider::name, own(), status);
    }

    /** The kinds of listener, by name. One that cannot be loaded is reported, and is not there. */
    static Map<String, AuditListenerProvider> listeners(FrameworkStatus status) {
        return load(AuditListenerProvider.class, AuditListenerProvider::name, own(), status);
    }

    private static ClassLoader own() {
        return Services.class.getClassLoader();
    }

    static <P> Map<String, P> load(
            Class<P> kind, Function<P, String> name, ClassLoader loader, FrameworkStatus status) {
        Map<String, P> found = new HashMap<>();
        Iterator<P> providers = ServiceLoader.load(kind, loader).iterator();
        while (true) {
            try {
                if (!providers.hasNext()) {
                    return found;
                }
                P provider = providers.next();
                P other = found.putIfAbsent(name.apply(provider), provider);
                if (other != null) {
                    status.warn("%s is passed over: %s has its name, '%s', too"
                            .formatted(provider.getClass(), other.getClass(), name.apply(other)));
                }
            } catch (ServiceConfigurationError | RuntimeException | LinkageError e) { // the appender must still open
                status.error("%s on the class path: one cannot be used: %s".formatted(kind.getSimpleName(), e), e);
            }
        }
    }

    /** What runs forwarders. One that cannot be loaded is reported, and is not there. */
    static Optional<ForwardingEngine> engine(FrameworkStatus status) {
        try {
            return ServiceLoader.load(ForwardingEngine.class, own()).findFirst();
        } catch (ServiceConfigurationError | LinkageError e) {
            status.error("the forwarding engine cannot be loaded: " + e, e);
            return Optional.empty();
        }
    }

    /** What encrypts logs. One that cannot be loaded is reported, and is not there. */
    public static Optional<EncryptionProvider> encryption(FrameworkStatus status) {
        try {
            return ServiceLoader.load(EncryptionProvider.class, own()).findFirst();
        } catch (ServiceConfigurationError | LinkageError e) {
            status.error("encryption cannot be loaded: " + e, e);
            return Optional.empty();
        }
    }

    /**
     * What ends the application: the one that is there, or {@link Halt}.
     *
     * @param problems gets what is wrong with it
     */
    static ShutdownHandler shutdownHandler(ClassLoader loader, List<String> problems) {
        List<ShutdownHandler> found = new ArrayList<>();
        try {
            ServiceLoader.load(ShutdownHandler.class, loader).forEach(found::add);
        } catch (ServiceConfigurationError | LinkageError e) {
            problems.add("onFailure: the shutdown handler cannot be loaded: " + e);
        }
        if (found.size() > 1) {
            problems.add("onFailure: expected one shutdown handler on the class path, found %s; leave one"
                    .formatted(found.stream()
                            .map(handler -> handler.getClass().getName())
                            .collect(Collectors.joining(", "))));
        }
        return found.size() == 1 ? found.get(0) : new Halt();
    }
}
