package dev.affidavit.testkit.splunk;

import java.util.Map;

/**
 * An event as it was indexed.
 *
 * @param time as it was written
 * @param metadata host, source, sourcetype and index, those that were given
 * @param fields the indexed ones
 * @param event the bytes of the JSON value; those of the text, where it is a text
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes are what is compared, by who asks for them
public record HecEvent(String time, Map<String, String> metadata, Map<String, String> fields, byte[] event) {}
