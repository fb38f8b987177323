/** Every destination of the product, and the engine that serves them; nothing of its own. */
module dev.affidavit.forwarders {
    requires transitive dev.affidavit.forward;
    requires dev.affidavit.forward.database;
    requires dev.affidavit.forward.elasticsearch;
    requires dev.affidavit.forward.splunk;
    requires dev.affidavit.forward.syslog;
}
