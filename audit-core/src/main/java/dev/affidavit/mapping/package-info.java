/** From a log call to an audit event. Not for applications. */
@NullMarked
package dev.affidavit.mapping;

import org.jspecify.annotations.NullMarked;
