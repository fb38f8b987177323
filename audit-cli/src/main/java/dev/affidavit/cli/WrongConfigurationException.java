package dev.affidavit.cli;

import java.io.Serial;
import java.util.List;

/** A configuration cannot be used. */
final class WrongConfigurationException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Not what is written of an exception: its message has all. */
    private final transient List<String> problems;

    WrongConfigurationException(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** All of them. */
    List<String> problems() {
        return problems;
    }
}
