/** Forwarders beside rsyslog: the same lines, to a receiver on the same machine, each sender a process of its own. */
@NullMarked
package dev.affidavit.benchmarks.forwarding;

import org.jspecify.annotations.NullMarked;
