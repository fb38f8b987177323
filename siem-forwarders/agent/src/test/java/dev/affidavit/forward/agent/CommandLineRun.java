package dev.affidavit.forward.agent;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** What a command that ended said, and with which exit code. */
record CommandLineRun(int exitCode, String output, String errors) {
    static CommandLineRun of(Object... arguments) {
        StringWriter output = new StringWriter();
        StringWriter errors = new StringWriter();
        int exitCode = Program.run(
                ForwardMain.commands(),
                new PrintWriter(output, true),
                new PrintWriter(errors, true),
                List.of(arguments).stream().map(Object::toString).toArray(String[]::new));
        return new CommandLineRun(exitCode, output.toString(), errors.toString());
    }

    List<String> outputLines() {
        return output.lines().toList();
    }

    List<String> errorLines() {
        return errors.lines().toList();
    }
}
