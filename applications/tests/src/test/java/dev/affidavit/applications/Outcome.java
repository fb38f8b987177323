package dev.affidavit.applications;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.affidavit.testkit.ChildJvm;
import dev.affidavit.testkit.Deadline;
import dev.affidavit.testkit.appender.LogFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What came of an application.
 *
 * @param status with which it ended
 * @param returned the calls that returned, in order
 * @param refused the calls that threw, each with its message
 * @param output all that it printed
 */
record Outcome(int status, List<String> returned, Map<String, String> refused, String output) {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final Pattern RETURNED = Pattern.compile("^application: returned: (.*)$", Pattern.MULTILINE);
    private static final Pattern REFUSED = Pattern.compile("^application: refused: ([^:]*): (.*)$", Pattern.MULTILINE);
    private static final String WAITING = "application: waiting";
    /** What the application calls its calls while it is up; the last of them is not marked as audit. */
    private static final List<String> AUDITED = List.of("lambda", "builder", "context", "plain", "thrown");

    private static final String NOT_AUDITED = "no audit";

    private static final String EXPECTED = """
            {"event_type":"AUTH_SUCCESS","severity":"INFO","username":"alice","session_id":"sess_abc123","ip_address":"192.168.1.100",\
            "port":5432,"user_agent":"syndrdb-cli/1.0","description":"lambda","details":{"auth_method":"password","roles":["admin",7]},\
            "success":true,"error_code":"","service":"payments"}
            {"event_type":"AUTH_FAILURE","severity":"WARNING","username":"bob","session_id":"","ip_address":"","port":null,"user_agent":"",\
            "description":"builder","details":{},"success":false,"error_code":"AUTH-001","service":"payments"}
            {"event_type":"SESSION_HIJACK","severity":"CRITICAL","username":"carol","session_id":"","ip_address":"10.0.0.7","port":null,\
            "user_agent":"","description":"context","details":{},"success":false,"error_code":"","service":"payments"}
            {"event_type":"SELECT","severity":"INFO","username":"dave","session_id":"","ip_address":"","port":null,"user_agent":"",\
            "description":"plain","details":{},"success":true,"error_code":"","service":"payments"}
            {"event_type":"IMPORT","severity":"WARNING","username":"","session_id":"","ip_address":"","port":null,"user_agent":"",\
            "description":"thrown","details":{"exception":{"class":"java.lang.IllegalStateException","message":"no \\"file\\""}},\
            "success":true,"error_code":"","service":"payments"}
            """;

    /** Runs the application to its end; what is to be done when it has worked and waits is {@code meanwhile}. */
    static Outcome of(ChildJvm.Builder application, Path directory, Runnable meanwhile) {
        Path output = directory.resolve("output");
        try (ChildJvm child = application.start(output, directory.resolve("errors"))) {
            Deadline.await(
                    "the application has worked; see " + output,
                    LIMIT,
                    () -> read(output).contains(WAITING) || !child.isAlive());
            if (child.isAlive()) {
                meanwhile.run();
                child.closeInput();
            }
            int status = child.awaitExit(LIMIT);
            String said = read(output);
            return new Outcome(
                    status, matches(RETURNED, said), refusals(said), said + read(directory.resolve("errors")));
        }
    }

    static Outcome of(ChildJvm.Builder application, Path directory) {
        return of(application, directory, () -> {});
    }

    private static List<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(result -> result.group(1)).toList();
    }

    private static Map<String, String> refusals(String text) {
        Map<String, String> refusals = new LinkedHashMap<>();
        Matcher matcher = REFUSED.matcher(text);
        while (matcher.find()) {
            refusals.put(matcher.group(1), matcher.group(2));
        }
        return refusals;
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Checks that each event whose call returned is in the log once, with all its fields, and no other event is; that no
     * call ended in any other way; and that the log was opened {@code openings} times, and closed as often.
     */
    void requireRecorded(LogFile log, int openings) {
        assertThat(status).as(output).isZero();
        assertThat(output).doesNotContain("application: broken");
        assertThat(returned).contains(NOT_AUDITED).containsAll(AUDITED);

        List<String> audited = new ArrayList<>(returned);
        audited.remove(NOT_AUDITED);
        assertThat(log.events()).extracting(Outcome::description).containsExactlyInAnyOrderElementsOf(audited);
        assertThat(log.events().stream()
                        .filter(event -> AUDITED.contains(description(event)))
                        .map(Outcome::withoutWhatVaries))
                .containsExactlyElementsOf(EXPECTED.lines().toList());
        assertThat(log.own("AUDIT_LOG_STARTED")).hasSize(openings);
        assertThat(log.own("AUDIT_LOG_STOPPED")).hasSize(openings);
        List<String> types = log.all().stream()
                .map(event -> event.get("event_type").textValue())
                .toList();
        assertThat(types).startsWith("AUDIT_LOG_STARTED").endsWith("AUDIT_LOG_STOPPED");
    }

    private static String description(JsonNode event) {
        return event.get("description").textValue();
    }

    private static String withoutWhatVaries(JsonNode event) {
        return ((ObjectNode) event).without(List.of("id", "timestamp", "host")).toString();
    }
}
