package dev.affidavit.testkit.splunk;

import java.io.IOException;

/** What a receiver does with a request instead of what is expected of it. */
@FunctionalInterface
public interface Reaction {
    void to(HecConversation conversation) throws IOException;
}
