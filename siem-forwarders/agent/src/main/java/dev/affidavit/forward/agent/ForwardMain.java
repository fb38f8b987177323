package dev.affidavit.forward.agent;

import dev.affidavit.store.StoreException;
import dev.affidavit.trail.ProductVersion;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParseResult;

/** The command line of the agent. */
@Command(
        name = "affidavit-forward",
        mixinStandardHelpOptions = true,
        versionProvider = ForwardMain.Version.class,
        description = "Carries the events of an audit log to destinations, beside the application that writes it or"
                + " without one.",
        subcommands = {RunCommand.class, DeadLetterCommands.class},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done; or the configuration is good",
            "1:it failed; the message says at what",
            "2:the command line or the configuration is wrong",
            "3:run --once: somebody has to act before the rest can be delivered",
            "143:ended by SIGTERM (130 by SIGINT), within 2 s; the log keeps what is not delivered"
        })
public final class ForwardMain {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG = 2;
    static final int STUCK = 3;

    /** For picocli. */
    ForwardMain() {}

    /** Runs a command and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        System.exit(execute(writer(System.out), writer(System.err), arguments));
    }

    /** In UTF-8 whatever the locale is: JSON is, and so are the events. */
    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    static int execute(PrintWriter out, PrintWriter err, String... arguments) {
        return new CommandLine(new ForwardMain())
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler(ForwardMain::failed)
                .execute(arguments);
    }

    private static int failed(Exception failure, CommandLine command, ParseResult arguments) {
        if (failure instanceof IOException
                || failure instanceof UncheckedIOException
                || failure instanceof StoreException) {
            command.getErr().println(Terminal.oneLine(String.valueOf(failure.getMessage())));
        } else { // a bug, which the trace helps to find
            failure.printStackTrace(command.getErr());
        }
        return FAILED;
    }

    /** The version of this product. */
    static final class Version implements IVersionProvider {
        /** For picocli. */
        Version() {}

        @Override
        public String[] getVersion() {
            return new String[] {"affidavit-forward " + ProductVersion.CURRENT};
        }
    }
}
