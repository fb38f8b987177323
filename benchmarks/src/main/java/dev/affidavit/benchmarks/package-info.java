/**
 * The product and its peers, side by side: the same event, the same machine, the same run, the lines counted. Begin with
 * {@code Benchmarks}; each measurement is a {@code MeasuredProcess} of its own. What is measured stands in
 * docs/benchmarks.md.
 */
@NullMarked
package dev.affidavit.benchmarks;

import org.jspecify.annotations.NullMarked;
