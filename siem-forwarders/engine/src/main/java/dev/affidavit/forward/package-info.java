/**
 * From the log to destinations, at least once and in order. {@link dev.affidavit.forward.Engine} starts a {@link
 * dev.affidavit.forward.Forwarder} for each destination; its {@link dev.affidavit.forward.Courier} takes batches from the
 * {@link dev.affidavit.forward.Outbox} and delivers them. The file is the queue: nothing is held in memory but one batch.
 *
 * <p>Knows no protocol, and says what it has to say through {@link dev.affidavit.spi.FrameworkStatus} only: a log call
 * could come back to it as an event.
 */
@NullMarked
package dev.affidavit.forward;

import org.jspecify.annotations.NullMarked;
