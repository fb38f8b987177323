/**
 * Verifies a log from its files, keys pinned off the host and what the SIEM has: all by itself. It shares with the writer what a
 * seal is as text ({@link dev.affidavit.seal}), and nothing else.
 */
@NullMarked
package dev.affidavit.verify;

import org.jspecify.annotations.NullMarked;
