package dev.affidavit.store;

import java.util.List;

/**
 * Where a log stands when it leaves segments that the device refused.
 *
 * @param written how many lines it had then
 * @param tails what was written and not handed over for a force before, oldest first
 * @param copy a name between theirs and that of the segment which now takes lines
 */
record SetAside(long written, List<Tail> tails, SegmentName copy) {}
