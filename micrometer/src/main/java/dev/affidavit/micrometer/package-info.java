/** The statistics of audit logs as Micrometer meters. Start at {@link dev.affidavit.micrometer.AuditMetrics}. */
@NullMarked
package dev.affidavit.micrometer;

import org.jspecify.annotations.NullMarked;
