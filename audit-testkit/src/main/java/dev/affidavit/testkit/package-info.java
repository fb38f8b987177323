/**
 * What tests of this product, and of what is built on it, share: real receivers and strict embedded ones, child JVMs,
 * samples, and a deadline for every wait. Not for production.
 */
@NullMarked
package dev.affidavit.testkit;

import org.jspecify.annotations.NullMarked;
