package dev.affidavit.log4j2;

import dev.affidavit.AuditEvent;
import dev.affidavit.Severity;
import dev.affidavit.spi.AuditBackend;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.ThreadContext;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.spi.LoggerContextFactory;
import org.jspecify.annotations.Nullable;

/** log4j-api over log4j-core: no SLF4J provider is needed. */
public final class Log4jBackend implements AuditBackend {
    private static final String FQCN = Log4jBackend.class.getName();
    private static final ClassLoader LOADER = Log4jBackend.class.getClassLoader();

    /** Kept, since asking Log4j for its context starts another when this one was stopped. */
    private volatile @Nullable LoggerContext context;

    @Override
    public String name() {
        return "Log4j 2";
    }

    @Override
    public boolean isActive() {
        return context() != null;
    }

    @Override
    public int rank() {
        return 20;
    }

    @Override
    public void log(String logger, Severity severity, AuditEvent event) {
        LoggerContext current = context();
        if (current != null) {
            current.getLogger(logger).log(Levels.of(severity), AuditMarkers.audit(), new EventMessage(event));
        }
    }

    private @Nullable LoggerContext context() {
        LoggerContext known = context;
        if (known != null && (!isEnding(known) || !isAnotherThere())) {
            return known;
        }
        LoggerContext found = LogManager.getContext(LOADER, false) instanceof LoggerContext core ? core : null;
        context = found;
        return found;
    }

    private static boolean isEnding(LoggerContext context) {
        return context.isStopping() || context.isStopped();
    }

    private static boolean isAnotherThere() {
        LoggerContextFactory factory = LogManager.getFactory();
        return factory.hasContext(FQCN, LOADER, false);
    }

    @Override
    public boolean isShutDown() {
        LoggerContext current = context();
        return current != null && isEnding(current);
    }

    @Override
    public List<String> obstacles(String logger, Severity severity, AuditEvent event) {
        LoggerContext current = context();
        return current == null ? List.of() : new Obstacles(current, logger, Levels.of(severity), event).find();
    }

    @Override
    public void putContext(String key, String value) {
        ThreadContext.put(key, value);
    }

    @Override
    public @Nullable String getContext(String key) {
        return ThreadContext.get(key);
    }

    @Override
    public void removeContext(String key) {
        ThreadContext.remove(key);
    }
}
