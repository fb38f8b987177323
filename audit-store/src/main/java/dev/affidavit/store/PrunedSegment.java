package dev.affidavit.store;

import dev.affidavit.seal.TreeHash;

/**
 * A segment that retention lets go, as its seal has it.
 *
 * @param first how many lines of the log are before it
 * @param end the same of what follows it
 * @param root head of the tree over the first {@code end} lines
 * @param reason the limit that it is beyond
 */
record PrunedSegment(SegmentName name, long first, long end, TreeHash root, String reason) {}
