/**
 * The appender that a Log4j configuration calls {@code <Audit>}, and {@code AuditLogger} over log4j-api. An application
 * uses none of these types but, if its plain loggers are log4j-api's, {@link dev.affidavit.log4j2.AuditMarkers}.
 */
@NullMarked
package dev.affidavit.log4j2;

import org.jspecify.annotations.NullMarked;
