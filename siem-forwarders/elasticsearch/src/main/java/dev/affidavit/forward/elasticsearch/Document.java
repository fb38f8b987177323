package dev.affidavit.forward.elasticsearch;

import co.elastic.clients.util.BinaryData;

/**
 * What is stored of a line.
 *
 * @param source JSON, without a line break
 * @param whole whether the line's members are its own; else the line is a text in it
 */
record Document(String index, String id, BinaryData source, boolean whole) {}
