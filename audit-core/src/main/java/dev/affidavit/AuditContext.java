package dev.affidavit;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.affidavit.spi.AuditBackend;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says once, for every event that this thread records until it is closed, who acts. Kept in the framework's diagnostic
 * context (MDC, ThreadContext) under the names of the fields, so that plain loggers carry it too. Closing puts back what
 * was there before; contexts are closed in the reverse order of their opening, on the same thread. Without a logging
 * framework it keeps nothing.
 *
 * <pre>{@code
 * try (var who = AuditContext.open().username("alice").ipAddress(address)) { … }
 * }</pre>
 */
public final class AuditContext implements AutoCloseable {
    private final @Nullable AuditBackend backend;
    private final Map<String, @Nullable String> before = new LinkedHashMap<>();

    private AuditContext(@Nullable AuditBackend backend) {
        this.backend = backend;
    }

    public static AuditContext open() {
        return new AuditContext(Backends.current());
    }

    @CanIgnoreReturnValue
    public AuditContext username(@Nullable String name) {
        return put("username", name);
    }

    @CanIgnoreReturnValue
    public AuditContext sessionId(@Nullable String id) {
        return put("session_id", id);
    }

    @CanIgnoreReturnValue
    public AuditContext ipAddress(@Nullable String address) {
        return put("ip_address", address);
    }

    @CanIgnoreReturnValue
    public AuditContext port(int number) {
        return put("port", Integer.toString(number));
    }

    @CanIgnoreReturnValue
    public AuditContext userAgent(@Nullable String agent) {
        return put("user_agent", agent);
    }

    @CanIgnoreReturnValue
    public AuditContext databaseName(@Nullable String name) {
        return put("database_name", name);
    }

    /** A key that the appender's {@code contextKeys} names; it goes to {@code details}. Null takes it away. */
    @CanIgnoreReturnValue
    public AuditContext put(String key, @Nullable String value) {
        if (backend != null) {
            if (!before.containsKey(key)) {
                before.put(key, backend.getContext(key));
            }
            set(backend, key, value);
        }
        return this;
    }

    @Override
    public void close() {
        if (backend != null) {
            before.forEach((key, value) -> set(backend, key, value));
            before.clear();
        }
    }

    private static void set(AuditBackend backend, String key, @Nullable String value) {
        if (value == null) {
            backend.removeContext(key);
        } else {
            backend.putContext(key, value);
        }
    }
}
