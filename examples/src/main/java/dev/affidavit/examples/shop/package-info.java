/**
 * A shop over HTTP that audits itself, instrumented as an application would do it. Start at
 * {@link dev.affidavit.examples.shop.Shop}. Knows nothing of the run around it, nor of the logging framework below it.
 */
@NullMarked
package dev.affidavit.examples.shop;

import org.jspecify.annotations.NullMarked;
