/**
 * The destination {@code splunk-hec}: the HTTP Event Collector of Splunk. {@link
 * dev.affidavit.forward.splunk.HecProvider} reads its options and {@link dev.affidavit.forward.splunk.HecFactory} opens it at
 * an endpoint that works. {@link dev.affidavit.forward.splunk.Envelope} is all that is known of what Splunk is sent, {@link
 * dev.affidavit.forward.splunk.ReplyCode} of what it answers, and {@link dev.affidavit.forward.splunk.Submission} says what the
 * answer means for each line.
 *
 * <p><b>What is a receipt.</b> Without acknowledgement an answer of success means that the events looked well and are in a
 * queue in Splunk's memory. With it, a delivery returns when the indexers have them.
 */
@NullMarked
package dev.affidavit.forward.splunk;

import org.jspecify.annotations.NullMarked;
