/**
 * What a seal is, as text: C2SP signed notes, checkpoints and the log's other statements, keys, and the hashes of RFC 6962. All
 * that the writer of a log and its verifier have in common. The format is docs/format.md, Seals.
 */
@NullMarked
package dev.affidavit.seal;

import org.jspecify.annotations.NullMarked;
