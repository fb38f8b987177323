/**
 * The destination {@code elasticsearch}. {@link dev.affidavit.forward.elasticsearch.ElasticsearchProvider} reads its options;
 * {@link dev.affidavit.forward.elasticsearch.Documents} is all that is known of what is stored, {@link
 * dev.affidavit.forward.elasticsearch.Verdict} and {@link dev.affidavit.forward.elasticsearch.Failures} of what a server answers.
 *
 * <p>Each document is created under an {@code _id} that follows from its line, so a line that comes again is there once. The
 * receipt is the server's answer for that document: with the default settings of an index, it is in the translog of the primary
 * shard, on disk, and on every replica that is in step.
 */
@NullMarked
package dev.affidavit.forward.elasticsearch;

import org.jspecify.annotations.NullMarked;
