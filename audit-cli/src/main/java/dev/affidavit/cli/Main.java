package dev.affidavit.cli;

import dev.affidavit.forward.agent.DeadLetterCommands;
import dev.affidavit.forward.agent.Program;
import dev.affidavit.forward.agent.RunCommand;
import dev.affidavit.forward.agent.VersionLine;
import java.time.Clock;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line of the product. */
@Command(
        name = "affidavit",
        mixinStandardHelpOptions = true,
        versionProvider = VersionLine.class,
        description =
                "Looks after the directory of an audit log, beside the application that writes it or without one.",
        exitCodeListHeading = Program.EXIT_CODES,
        exitCodeList = {
            Program.DONE_TEXT,
            Program.FAILED_TEXT,
            Program.WRONG_TEXT,
            "3 and more:what a command found; its own --help says what"
        },
        footerHeading = "%n",
        footer = "affidavit COMMAND --help tells more of a command.")
public final class Main {
    /** For {@link #commands}. */
    private Main() {}

    /** Runs a command and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        Program.main(commands(), arguments);
    }

    /** All there are, in the order of the help. */
    static CommandLine commands() {
        return new CommandLine(new Main())
                .addSubcommand(new StatsCommand())
                .addSubcommand(new VerifyCommand())
                .addSubcommand(new DecryptCommand())
                .addSubcommand(new CommandLine(new KeysCommands()).addSubcommand(new RotateCommand(Clock.systemUTC())))
                .addSubcommand(new ProveCommand())
                .addSubcommand(new CheckCommand())
                .addSubcommand(new CommandLine(new RunCommand()).setCommandName("forward"))
                .addSubcommand(new DeadLetterCommands());
    }
}
