package dev.affidavit.examples;

import dev.affidavit.statistics.AuditTrailMXBean;
import dev.affidavit.statistics.AuditTrails;
import dev.affidavit.statistics.TrailStatistics;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Optional;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** The audit trail of this process, as its operator sees it: through the statistics in Java, and through JMX. */
final class Trail {
    private final AuditTrailMXBean bean;

    private Trail(AuditTrailMXBean bean) {
        this.bean = bean;
    }

    /** Empty if the audit appender refuses; the framework says why. */
    static Optional<Trail> open() {
        try {
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            return server.queryNames(new ObjectName("dev.affidavit:type=AuditTrail,*"), null).stream()
                    .findFirst()
                    .map(name -> new Trail(JMX.newMXBeanProxy(server, name, AuditTrailMXBean.class)));
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    AuditTrailMXBean bean() {
        return bean;
    }

    TrailStatistics statistics() {
        return AuditTrails.statistics().get(0);
    }

    Path directory() {
        return Path.of(bean.getDirectory()).toAbsolutePath();
    }

    /** The file being written. */
    Path file() {
        return directory().resolve(bean.getSegment());
    }
}
