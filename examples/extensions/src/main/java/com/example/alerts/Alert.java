package com.example.alerts;

import org.jspecify.annotations.Nullable;

/**
 * What an application is alarmed of.
 *
 * @param reason for a person
 * @param eventId of the event that raised it; null if the log holds a line without one
 */
public record Alert(String reason, @Nullable String eventId) {}
