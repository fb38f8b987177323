package dev.affidavit.examples;

import dev.affidavit.statistics.AuditTrailMXBean;
import dev.affidavit.statistics.AuditTrails;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Optional;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * The audit trail of this process, as its operator sees it: through the statistics in Java, through JMX, and through the
 * meters of an application that uses Micrometer.
 */
final class Trail {
    private final AuditTrailMXBean bean;
    private final MeterRegistry meters;

    private Trail(AuditTrailMXBean bean, MeterRegistry meters) {
        this.bean = bean;
        this.meters = meters;
    }

    /** Empty if the audit appender refuses; the framework says why. */
    static Optional<Trail> open(MeterRegistry meters) {
        try {
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            return server.queryNames(new ObjectName("dev.affidavit:type=AuditTrail,*"), null).stream()
                    .findFirst()
                    .map(name -> new Trail(JMX.newMXBeanProxy(server, name, AuditTrailMXBean.class), meters));
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    AuditTrailMXBean bean() {
        return bean;
    }

    Counts counts() {
        return new Counts(AuditTrails.statistics().get(0).recorded(), bean.getRecorded(), (long)
                meters.get("affidavit.events.recorded").functionCounter().count());
    }

    Path directory() {
        return Path.of(bean.getDirectory()).toAbsolutePath();
    }

    /** The file being written. */
    Path file() {
        return directory().resolve(bean.getSegment());
    }
}
