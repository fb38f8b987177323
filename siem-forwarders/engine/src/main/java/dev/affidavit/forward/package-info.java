/**
 * From the log to destinations, at least once and in order. {@link dev.affidavit.forward.Engine} starts a {@link
 * dev.affidavit.forward.Forwarder} for each destination, a thread; its {@link dev.affidavit.forward.Courier} takes batches from the
 * {@link dev.affidavit.forward.Outbox}, delivers them over a {@link dev.affidavit.forward.Connection}, and moves the {@link
 * dev.affidavit.forward.HeldCursor}. The file is the queue: nothing is held in memory but one batch. What a destination
 * refuses is in {@link dev.affidavit.forward.DeadLetters}, the one thing here that others use.
 *
 * <p>Knows no protocol, and says what it has to say through {@link dev.affidavit.spi.FrameworkStatus} and {@link
 * dev.affidavit.spi.ForwarderWatch} only: a log call could come back to it as an event.
 */
@NullMarked
package dev.affidavit.forward;

import org.jspecify.annotations.NullMarked;
