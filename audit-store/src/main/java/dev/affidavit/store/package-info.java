/**
 * A durable, append-only log of opaque lines in a directory of segments. Start at {@link
 * dev.affidavit.store.LogWriter} to write and at {@link dev.affidavit.store.LogReader} to read; {@link
 * dev.affidavit.store.Cursors} remembers how far a named reader came.
 *
 * <p>This package knows nothing of events, JSON or logging frameworks and needs the JDK alone, so that a log can be
 * checked with it and nothing else.
 */
@NullMarked
package dev.affidavit.store;

import org.jspecify.annotations.NullMarked;
