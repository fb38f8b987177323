/**
 * The client of witnesses, C2SP tlog-witness: {@link dev.affidavit.witness.Witnessing} gives them the checkpoints of a log, with proofs that
 * it was only added to, and keeps what they sign. It knows neither events nor frameworks.
 */
@NullMarked
package dev.affidavit.witness;

import org.jspecify.annotations.NullMarked;
