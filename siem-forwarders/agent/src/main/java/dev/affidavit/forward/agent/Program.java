package dev.affidavit.forward.agent;

import dev.affidavit.store.StoreException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * A command line of this product: what its exit codes mean, that what it says is UTF-8, and that it says in one line why it
 * failed.
 */
public final class Program {
    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int WRONG = 2;

    /** For {@code exitCodeListHeading} of a command. */
    public static final String EXIT_CODES = "%nExit codes:%n";
    /** For {@code exitCodeList} of a command, as are those below. */
    public static final String DONE_TEXT = DONE + ":done";

    public static final String FAILED_TEXT = FAILED + ":it failed; the message says at what";
    public static final String WRONG_TEXT = WRONG + ":the command line or the configuration is wrong";

    private Program() {}

    /** Runs a command and ends the JVM with its exit code. */
    public static void main(CommandLine commands, String... arguments) {
        System.exit(run(commands, writer(System.out), writer(System.err), arguments));
    }

    /** In UTF-8 whatever the locale is: JSON is, and so are the events. */
    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    /** Runs a command and returns its exit code. An exception that is no bug becomes one line on {@code err}. */
    public static int run(CommandLine commands, PrintWriter out, PrintWriter err, String... arguments) {
        int exitCode = commands.setOut(out)
                .setErr(err)
                .setParameterExceptionHandler(Program::wrong)
                .setExecutionExceptionHandler(Program::failed)
                .execute(arguments);
        if (out.checkError()) {
            err.println("standard output cannot be written: what it holds is not complete");
            return exitCode == DONE ? FAILED : exitCode;
        }
        return exitCode;
    }

    private static int wrong(ParameterException problem, String[] arguments) {
        CommandLine command = problem.getCommandLine();
        List<String> meant =
                problem instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        String remedy = meant.isEmpty()
                ? "See %s --help".formatted(command.getCommandSpec().qualifiedName())
                : "Did you mean %s?".formatted(String.join(" or ", meant));
        command.getErr().println(Terminal.oneLine(problem.getMessage() + ". " + remedy));
        return WRONG;
    }

    private static int failed(Exception failure, CommandLine command, ParseResult arguments) {
        PrintWriter err = command.getErr();
        if (failure instanceof FileSystemException) { // whose message is but a name
            err.println(Terminal.oneLine(failure.toString()));
        } else if (failure instanceof IOException
                || failure instanceof UncheckedIOException
                || failure instanceof StoreException) {
            err.println(Terminal.oneLine(String.valueOf(failure.getMessage())));
        } else { // a bug, which the trace helps to find
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            trace.toString()
                    .lines()
                    .map(line -> line.replace("\t", "    "))
                    .map(Terminal::oneLine)
                    .forEach(err::println);
        }
        return FAILED;
    }
}
