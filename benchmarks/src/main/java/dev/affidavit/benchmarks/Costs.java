package dev.affidavit.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.ExecutionException;

/**
 * Something that is measured again and again.
 *
 * @param <R> all of it once
 */
interface Costs<R> {
    /**
     * Measures all of it once.
     *
     * @param logs an empty directory
     * @param line what each log is made of
     * @param events how often
     */
    R measure(Path logs, byte[] line, long events)
            throws IOException, InterruptedException, ExecutionException, GeneralSecurityException;

    /** The tables. */
    String markdown(Repetitions<R> repetitions);
}
