/** Certificates for tests, good ones and bad ones. */
@NullMarked
package dev.affidavit.testkit.tls;

import org.jspecify.annotations.NullMarked;
