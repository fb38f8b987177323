package dev.affidavit.testkit.syslog;

import java.io.EOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The messages of one connection, by whatever protocol. */
interface MessageStream {
    /**
     * The next message; null at the end.
     *
     * @throws EOFException if the connection ends within something
     * @throws IllegalArgumentException if the sender breaks a rule
     */
    byte @Nullable [] next() throws IOException;

    /**
     * Answers the last message, where there are answers.
     *
     * @param refusal null if it was taken
     */
    void answer(@Nullable String refusal) throws IOException;
}
