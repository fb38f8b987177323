package dev.affidavit.forward;

import dev.affidavit.spi.ForwardedLine;
import dev.affidavit.store.Position;
import java.util.List;

/**
 * Lines that follow each other in the log.
 *
 * @param end the place behind the last of them
 */
record Batch(List<ForwardedLine> lines, Position end) {}
