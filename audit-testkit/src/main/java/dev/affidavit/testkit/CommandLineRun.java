package dev.affidavit.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;

/** What a command that ended, in this JVM, said, and with which exit code. */
public record CommandLineRun(int exitCode, String output, String errors) {
    /** A command line. */
    public interface Commands {
        /** Runs one and returns its exit code. */
        int run(PrintWriter out, PrintWriter err, String... arguments);
    }

    /** Runs a command; arguments are given as their texts. */
    public static CommandLineRun of(Commands commands, Object... arguments) {
        StringWriter output = new StringWriter();
        StringWriter errors = new StringWriter();
        int exitCode = commands.run(
                new PrintWriter(output, true),
                new PrintWriter(errors, true),
                Stream.of(arguments).map(Object::toString).toArray(String[]::new));
        return new CommandLineRun(exitCode, output.toString(), errors.toString());
    }

    public List<String> outputLines() {
        return output.lines().toList();
    }

    public List<String> errorLines() {
        return errors.lines().toList();
    }

    /** What it said as one JSON value. */
    public JsonNode json() throws IOException {
        return new ObjectMapper().readTree(output);
    }
}
