package dev.affidavit.benchmarks;

/**
 * The event that every contender records: thirteen fields, of which the framework or the product makes some. An instance
 * and not constants, so that no compiler knows the values.
 */
record SampleEvent(
        String id,
        String type,
        String username,
        String sessionId,
        String ipAddress,
        int port,
        String userAgent,
        String description,
        String authMethod,
        String errorCode) {

    static final String TYPE = "AUTH_SUCCESS";

    static SampleEvent alice() {
        return new SampleEvent(
                "evt_1794240000123456789_1794240000",
                TYPE,
                "alice",
                "sess_abc123",
                "192.168.1.100",
                5432,
                "syndrdb-cli/1.0",
                "User 'alice' authenticated successfully",
                "password",
                "");
    }

    /** The event as the line that the product would write for it. */
    String line() {
        return ("{\"id\":\"%s\",\"timestamp\":\"2026-11-09T16:00:00.123456Z\",\"event_type\":\"%s\",\"severity\":\"INFO\","
                        + "\"username\":\"%s\",\"session_id\":\"%s\",\"ip_address\":\"%s\",\"port\":%d,\"user_agent\":\"%s\","
                        + "\"description\":\"%s\",\"details\":{\"auth_method\":\"%s\"},\"success\":true,"
                        + "\"error_code\":\"%s\"}\n")
                .formatted(
                        id, type, username, sessionId, ipAddress, port, userAgent, description, authMethod, errorCode);
    }
}
