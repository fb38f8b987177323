/** Applications as they were packaged, started as a user starts them. */
@NullMarked
package dev.affidavit.applications;

import org.jspecify.annotations.NullMarked;
