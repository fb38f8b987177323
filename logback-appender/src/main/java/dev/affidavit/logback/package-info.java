/**
 * {@link dev.affidavit.logback.AuditAppender}, which a Logback configuration names as the class of an appender, and
 * {@code AuditLogger} over Logback. An application uses none of these types itself.
 */
@NullMarked
package dev.affidavit.logback;

import org.jspecify.annotations.NullMarked;
