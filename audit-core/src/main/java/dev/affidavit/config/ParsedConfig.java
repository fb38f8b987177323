package dev.affidavit.config;

import java.util.List;

/**
 * What came of reading a configuration.
 *
 * @param config what could be read, with defaults in place of the rest; in force only if there are no problems
 * @param problems each with its path; empty if the configuration is good
 */
public record ParsedConfig(TrailConfig config, List<String> problems) {}
