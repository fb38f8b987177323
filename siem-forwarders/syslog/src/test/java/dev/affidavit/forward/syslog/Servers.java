package dev.affidavit.forward.syslog;

import dev.affidavit.forward.tls.TlsOptions;
import dev.affidavit.spi.FrameworkStatus;
import dev.affidavit.testkit.SampleLog;
import dev.affidavit.testkit.delivery.RunningForwarder;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Receivers on this machine, as the factory of a test. */
final class Servers {
    /** For receivers that answer: it ends no wait but that for one that does not. */
    static final Duration TIMEOUT = Duration.ofSeconds(60);

    static final MessageOptions PLAIN =
            new MessageOptions(Facility.LOCAL0, null, 32473, false, MessageOptions.NO_LIMIT);

    private Servers() {}

    static Endpoint at(int port, Duration timeout) {
        return new Endpoint("127.0.0.1", port, TIMEOUT, timeout);
    }

    /** The engine at work over TCP, with the time-outs of the others. */
    static RunningForwarder forward(SampleLog log, int port, FrameworkStatus status) {
        Map<String, String> options = Map.of(
                "host", "127.0.0.1", "port", Integer.toString(port), "transport", "tcp", "connectTimeout", "60s");
        return RunningForwarder.start(log.directory(), log.id(), new SyslogProvider(), options, status);
    }

    static SyslogServer over(Transport transport, int port) {
        return over(transport, at(port, TIMEOUT), null);
    }

    static SyslogServer over(Transport transport, Endpoint endpoint, @Nullable TlsOptions tls) {
        return new SyslogServer(endpoint, transport, tls, Framing.OCTET_COUNTING, PLAIN);
    }
}
