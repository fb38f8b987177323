/**
 * The forwarding engine as a process of its own, on a YAML file. {@link dev.affidavit.forward.agent.ForwardMain} is its
 * command line, whose commands another one may have too; {@code Agent} what it runs. It reads the directory of a log, whether an application writes there or not,
 * and writes nothing there but cursors and dead letters.
 */
@NullMarked
package dev.affidavit.forward.agent;

import org.jspecify.annotations.NullMarked;
