/**
 * The way of an event from an appender to the log, and what happens if it cannot be made. An appender uses {@link
 * dev.affidavit.trail.AuditSink}; everything else is hidden.
 */
@NullMarked
package dev.affidavit.trail;

import org.jspecify.annotations.NullMarked;
