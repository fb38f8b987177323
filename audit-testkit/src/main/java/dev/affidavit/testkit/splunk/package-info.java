/**
 * A receiver of the HTTP Event Collector's protocol. Begin at {@link dev.affidavit.testkit.splunk.FakeSplunk}, and with what it says of
 * itself: it is not a Splunk.
 */
@NullMarked
package dev.affidavit.testkit.splunk;

import org.jspecify.annotations.NullMarked;
