package dev.affidavit.examples;

/** How many events were recorded, by each of the ways in which an operator may look. */
record Counts(long statistics, long jmx, long micrometer) {}
