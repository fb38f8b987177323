/**
 * The configuration: what frameworks hand over ({@link dev.affidavit.config.ConfigNode}), how its texts are read ({@link
 * dev.affidavit.config.Options}), and what comes of it ({@link dev.affidavit.config.TrailConfig}). One syntax, one set
 * of defaults and one set of messages for every framework.
 */
@NullMarked
package dev.affidavit.config;

import org.jspecify.annotations.NullMarked;
