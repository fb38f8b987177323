/**
 * What a fuzzer runs: each class with a method {@code fuzzerTestOneInput} makes something of any bytes, gives it to one
 * part of the product, and holds what comes of it to what is documented. See docs/fuzzing.md.
 */
@NullMarked
package dev.affidavit.fuzzing;

import org.jspecify.annotations.NullMarked;
