package dev.affidavit.cli;

import dev.affidavit.forward.agent.Program;
import dev.affidavit.testkit.CommandLineRun;

/** The command line, in this JVM. */
final class Affidavit {
    private Affidavit() {}

    static CommandLineRun run(Object... arguments) {
        return CommandLineRun.of((out, err, texts) -> Program.run(Main.commands(), out, err, texts), arguments);
    }
}
