package dev.affidavit.forward.syslog;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Who takes what a receiver says. */
interface Answers {
    /** Of a receiver that has nothing to say: whatever arrives is thrown away. */
    Answers NONE = bytes -> {};

    /**
     * Takes bytes in the order of their arrival.
     *
     * @param bytes up to the limit of the buffer; what is not read is not given again
     * @throws IOException if they are no answer
     */
    void take(ByteBuffer bytes) throws IOException;
}
