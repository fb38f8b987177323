/** What can go wrong between a log and a real receiver: a suite of faults, for every destination the same. */
@NullMarked
package dev.affidavit.testkit.delivery;

import org.jspecify.annotations.NullMarked;
