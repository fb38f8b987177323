package dev.affidavit.benchmarks.forwarding;

import dev.affidavit.testkit.syslog.RsyslogInput;
import dev.affidavit.testkit.syslog.RsyslogServer;
import dev.affidavit.testkit.tls.TestCertificates;
import java.nio.file.Path;
import java.util.Map;

/** A real rsyslog, which writes what it receives to a file. */
record SyslogTarget(RsyslogServer rsyslog, GrowingLines received, Map<String, String> transport) implements Receiver {

    static SyslogTarget tcp(Path directory) {
        return of(directory, RsyslogInput.tcp(), Map.of("transport", "tcp"));
    }

    static SyslogTarget relp(Path directory) {
        return of(directory, RsyslogInput.relp(), Map.of("transport", "relp"));
    }

    static SyslogTarget relpTls(Path directory) {
        TestCertificates certificates = TestCertificates.shared();
        return of(
                directory,
                RsyslogInput.relpTls(certificates.ca(), certificates.server()),
                Map.of(
                        "transport",
                        "relp-tls",
                        "caFile",
                        certificates.ca().toString(),
                        "certificateFile",
                        certificates.client().certificate().toString(),
                        "keyFile",
                        certificates.client().key().toString()));
    }

    private static SyslogTarget of(Path directory, RsyslogInput input, Map<String, String> transport) {
        RsyslogServer rsyslog = RsyslogServer.startForMany(directory, queued(input));
        return new SyslogTarget(rsyslog, new GrowingLines(rsyslog.received()), transport);
    }

    /** With the queue in memory that rsyslog has by default, and not as tests of delivery have it. */
    private static RsyslogInput queued(RsyslogInput input) {
        String module = input.module().substring(input.module().indexOf("module("));
        return new RsyslogInput(input.modules(), input.global(), module, input.input());
    }

    int port() {
        return rsyslog.port();
    }

    @Override
    public Map<String, String> options() {
        Map<String, String> options = new java.util.LinkedHashMap<>(transport);
        options.putAll(Map.of("to", "syslog", "host", "localhost", "port", Integer.toString(port())));
        return options;
    }

    @Override
    public long count() {
        return received.count();
    }

    @Override
    public void close() {
        rsyslog.close();
    }
}
