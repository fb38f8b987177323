/**
 * The line: how an event becomes JSON and which of its fields are read back. Not for applications.
 */
@NullMarked
package dev.affidavit.json;

import org.jspecify.annotations.NullMarked;
