/**
 * The application's own code that hears of every event, each listener on a thread of its own: {@link
 * dev.affidavit.listening.Listening} runs a {@link dev.affidavit.listening.ListenerThread} for each, whose {@link
 * dev.affidavit.listening.Teller} tells it of the {@link dev.affidavit.listening.NewLines} of the log. They come from the
 * file: nothing is held in memory but one batch, and the write path knows nothing of it.
 *
 * <p>Knows the store and the SPI, and says what it has to say through {@link dev.affidavit.spi.FrameworkStatus} only: a
 * log call could come back to it as an event.
 */
@NullMarked
package dev.affidavit.listening;

import org.jspecify.annotations.NullMarked;
