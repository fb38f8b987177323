package dev.affidavit.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/** Holds the files that a process left to the calls that it made: a figure without its lines is none. */
final class LogCheck {
    private static final Set<String> FIELDS = Set.of(
            "id",
            "timestamp",
            "event_type",
            "severity",
            "username",
            "session_id",
            "ip_address",
            "port",
            "user_agent",
            "description",
            "details",
            "success",
            "error_code");

    private LogCheck() {}

    /** @throws BenchmarkException if a line is missing, superfluous or broken, or has not the thirteen fields */
    static void require(Measurement measurement, Path logs) throws IOException, BenchmarkException {
        LineCount found = LineCount.of(logs);
        if (found.events() != measurement.allCalls() || found.broken() > 0) {
            throw new BenchmarkException("%s: %d calls returned, found %d lines of them, %d broken lines and %d others"
                    .formatted(logs, measurement.allCalls(), found.events(), found.broken(), found.others()));
        }
        if (found.events() > 0) {
            requireSampleEvent(new ObjectMapper().readTree(found.firstEvent()), logs);
        }
    }

    private static void requireSampleEvent(JsonNode line, Path logs) throws BenchmarkException {
        Set<String> names = new TreeSet<>();
        line.fieldNames().forEachRemaining(names::add);
        SampleEvent sample = SampleEvent.alice();
        boolean same = names.equals(FIELDS)
                && line.path("severity").asText().equals("INFO")
                && line.path("username").asText().equals(sample.username())
                && line.path("session_id").asText().equals(sample.sessionId())
                && line.path("ip_address").asText().equals(sample.ipAddress())
                && line.path("port").asInt() == sample.port()
                && line.path("user_agent").asText().equals(sample.userAgent())
                && line.path("description").asText().equals(sample.description())
                && line.path("details").path("auth_method").asText().equals(sample.authMethod())
                && line.path("success").asBoolean()
                && line.path("error_code").asText("-").equals(sample.errorCode());
        if (!same) {
            throw new BenchmarkException(
                    "%s: expected the thirteen fields of the sample event, found %s".formatted(logs, line));
        }
    }
}
