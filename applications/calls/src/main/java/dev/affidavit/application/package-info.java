/**
 * What every application of the matrix does, whatever its framework and however it is packaged. It says on standard output
 * what came of each call, for a test to compare with the log.
 */
@NullMarked
package dev.affidavit.application;

import org.jspecify.annotations.NullMarked;
