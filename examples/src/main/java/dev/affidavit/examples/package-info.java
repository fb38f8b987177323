/**
 * Runs the {@linkplain dev.affidavit.examples.shop shop}, visits it over HTTP, and checks that what was recorded, counted
 * and received is the same. Start at {@link dev.affidavit.examples.Main}.
 */
@NullMarked
package dev.affidavit.examples;

import org.jspecify.annotations.NullMarked;
