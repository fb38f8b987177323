/** How the audit trails of this process fare, for Java and for JMX. Start at {@link dev.affidavit.statistics.AuditTrails}. */
@NullMarked
package dev.affidavit.statistics;

import org.jspecify.annotations.NullMarked;
