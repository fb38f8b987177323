package dev.affidavit.forward.syslog;

/** What a message says of who sent it, beside the host. */
record Sender(Facility facility, String appName, int enterpriseId, long processId) {}
