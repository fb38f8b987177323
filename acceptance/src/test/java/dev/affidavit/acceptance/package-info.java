/** The whole product, as an application uses it, with real receivers and JVMs that can be killed. */
@NullMarked
package dev.affidavit.acceptance;

import org.jspecify.annotations.NullMarked;
