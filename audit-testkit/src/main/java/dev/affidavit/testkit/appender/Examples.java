package dev.affidavit.testkit.appender;

import java.util.regex.Pattern;

/** Lines as the documentation shows them. */
final class Examples {
    /** The example AUTH_SUCCESS: all but id and time is fixed. */
    static final Pattern DOCUMENTED = Pattern.compile("\\{\"id\":\"evt_\\d{19}_\\d{10}\","
            + "\"timestamp\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z\","
            + Pattern.quote("\"event_type\":\"AUTH_SUCCESS\",\"severity\":\"INFO\",\"username\":\"alice\","
                    + "\"session_id\":\"sess_abc123\",\"ip_address\":\"192.168.1.100\",\"port\":5432,"
                    + "\"user_agent\":\"syndrdb-cli/1.0\","
                    + "\"description\":\"User 'alice' authenticated successfully\","
                    + "\"details\":{\"auth_method\":\"password\"},\"success\":true,\"error_code\":\"\"}"));

    private Examples() {}
}
