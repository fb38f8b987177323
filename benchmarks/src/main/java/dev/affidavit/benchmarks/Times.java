package dev.affidavit.benchmarks;

import java.time.Duration;

/**
 * How long a process makes calls.
 *
 * @param warmUp calls that do not count
 * @param measured after that
 */
record Times(Duration warmUp, Duration measured) {}
