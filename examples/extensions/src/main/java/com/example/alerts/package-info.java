/**
 * A listener of one's own: it raises an alarm at every critical event, and when somebody guesses a password. Start at {@link
 * com.example.alerts.AlertsProvider}; an application says with {@link com.example.alerts.Alerts#to} who is to be alarmed.
 */
@NullMarked
package com.example.alerts;

import org.jspecify.annotations.NullMarked;
