package dev.affidavit.testkit;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A program that is run to its end. */
public final class Command {
    private Command() {}

    /**
     * Runs it.
     *
     * @return what it said
     * @throws IllegalStateException if it cannot be run, or ends with another status than 0
     */
    @CanIgnoreReturnValue
    public static String run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new IllegalStateException("%s: %s".formatted(String.join(" ", command), said));
            }
            return said;
        } catch (IOException e) {
            throw new IllegalStateException("%s cannot be run: %s".formatted(command[0], e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
