/**
 * A witness of C2SP tlog-witness, written from the specification alone: {@link dev.affidavit.testkit.witness.FakeWitness}. It is a fake:
 * strict, and nobody's but this project's.
 */
@NullMarked
package dev.affidavit.testkit.witness;

import org.jspecify.annotations.NullMarked;
