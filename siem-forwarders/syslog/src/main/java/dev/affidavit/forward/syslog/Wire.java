package dev.affidavit.forward.syslog;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** What carries the bytes of a connection, as they are or under TLS. No method but one waits. */
interface Wire extends Closeable {
    /** Gives a receiver that does not answer the time to say that it does not want us. */
    void awaitObjection() throws IOException;

    /** Hands over what it can, and returns how many bytes the kernel took; 0 if it takes none just now. */
    long write(ByteBuffer bytes) throws IOException;

    /** Whether bytes that were written are yet to be handed to the kernel: {@link #write} has to be called again. */
    boolean holdsBack();

    /** Adds what has arrived to the buffer: 0 if nothing has, -1 at the end. */
    int read(ByteBuffer bytes) throws IOException;
}
