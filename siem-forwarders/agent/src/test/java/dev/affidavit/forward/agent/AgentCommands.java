package dev.affidavit.forward.agent;

import dev.affidavit.testkit.CommandLineRun;

/** The agent's command line, in this JVM. */
final class AgentCommands {
    private AgentCommands() {}

    static CommandLineRun run(Object... arguments) {
        return CommandLineRun.of((out, err, texts) -> Program.run(ForwardMain.commands(), out, err, texts), arguments);
    }
}
