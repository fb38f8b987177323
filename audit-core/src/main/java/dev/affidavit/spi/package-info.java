/**
 * What is extended: {@link dev.affidavit.spi.LogCall} and {@link dev.affidavit.spi.FrameworkStatus} by an appender for a
 * logging framework, {@link dev.affidavit.spi.AuditBackend} by the same for {@code AuditLogger}, {@link
 * dev.affidavit.spi.DestinationProvider} by what carries events somewhere, {@link
 * dev.affidavit.spi.AuditListenerProvider} by what is told of each event. What a destination keeps can be read back by {@link
 * dev.affidavit.spi.StoredLines}.
 */
@NullMarked
package dev.affidavit.spi;

import org.jspecify.annotations.NullMarked;
