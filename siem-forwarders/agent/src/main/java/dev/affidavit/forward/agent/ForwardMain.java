package dev.affidavit.forward.agent;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the agent alone. */
@Command(
        name = "affidavit-forward",
        mixinStandardHelpOptions = true,
        versionProvider = VersionLine.class,
        description = "Carries the events of an audit log to destinations, beside the application that writes it or"
                + " without one.",
        subcommands = {RunCommand.class, DeadLetterCommands.class},
        exitCodeListHeading = Program.EXIT_CODES,
        exitCodeList = {
            Program.DONE_TEXT + "; or the configuration is good",
            Program.FAILED_TEXT,
            Program.WRONG_TEXT,
            "3:run --once: somebody has to act before the rest can be delivered",
            "143:ended by SIGTERM (130 by SIGINT), within 2 s; the log keeps what is not delivered"
        })
public final class ForwardMain {
    /** For picocli. */
    ForwardMain() {}

    /** Runs a command and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        Program.main(commands(), arguments);
    }

    static CommandLine commands() {
        return new CommandLine(new ForwardMain());
    }
}
