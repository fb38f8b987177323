package dev.affidavit.forward.splunk;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Splunk is told of each event beside the event.
 *
 * @param host null for the log's
 * @param source null for the service of the log
 * @param index null for the token's own
 * @param fields the indexed ones, besides {@code event_id} and {@code log_id}
 */
record Metadata(
        @Nullable String host,
        @Nullable String source,
        String sourcetype,
        @Nullable String index,
        Set<String> fields) {
    /** What an event may be indexed by: short, and not told by Splunk's own fields. */
    static final Set<String> FIELDS = Set.of(
            "event_type",
            "severity",
            "username",
            "session_id",
            "ip_address",
            "port",
            "user_agent",
            "success",
            "error_code",
            "database_name",
            "object_type",
            "object_name",
            "rows_affected",
            "service");

    Metadata {
        fields = Set.copyOf(fields);
    }
}
