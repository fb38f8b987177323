/**
 * A destination of one's own: events go to a web server as JSON lines. Start at {@link
 * com.example.webhook.WebhookProvider}.
 */
@NullMarked
package com.example.webhook;

import org.jspecify.annotations.NullMarked;
