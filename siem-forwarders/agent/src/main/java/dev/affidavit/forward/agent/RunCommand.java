package dev.affidavit.forward.agent;

import dev.affidavit.config.ForwarderConfig;
import dev.affidavit.config.Problems;
import dev.affidavit.spi.DestinationProvider;
import dev.affidavit.trail.Services;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Forwards the log that a YAML file names. A command line may add it under a name of its own. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        versionProvider = VersionLine.class,
        description = "Forwards a log until it is stopped.",
        exitCodeListHeading = Program.EXIT_CODES,
        exitCodeList = {
            Program.DONE_TEXT + "; or the configuration is good",
            Program.FAILED_TEXT,
            Program.WRONG_TEXT,
            RunCommand.STUCK + ":--once: somebody has to act before the rest can be delivered",
            "143:ended by SIGTERM (130 by SIGINT), within 2 s; the log keeps what is not delivered"
        })
public final class RunCommand implements Callable<Integer> {
    static final int STUCK = 3;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The configuration, in YAML.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path file;

    @ArgGroup
    private @Nullable Instead instead;

    /** What is done instead of running until it is stopped. */
    static final class Instead {
        @Option(names = "--once", description = "Deliver what is in the log now, and end.")
        private boolean once;

        @Option(names = "--check", description = "Only say whether the configuration is good.")
        private boolean check;

        /** For picocli. */
        Instead() {}
    }

    /** Of a command line, which sets what it is to do. */
    public RunCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        InstantSource clock = InstantSource.system();
        Journal journal = new Journal(spec.commandLine().getErr(), clock);
        Map<String, DestinationProvider> destinations = Services.destinations(journal);
        Problems problems = new Problems();
        AgentConfig config;
        try {
            config = AgentConfigParser.parse(
                    YamlFile.read(file, problems),
                    destinations,
                    Services.encryption(journal).orElse(null),
                    clock,
                    problems);
        } catch (IOException e) {
            complain(String.valueOf(e.getMessage()));
            return Program.WRONG;
        }
        if (!problems.isEmpty()) {
            problems.all().forEach(problem -> complain(file + ": " + problem));
            return Program.WRONG;
        }
        if (instead != null && instead.check) {
            config.forwarders().forEach(this::confirm);
            return Program.DONE;
        }
        return run(new Agent(config, journal, clock), instead != null && instead.once);
    }

    private static int run(Agent agent, boolean once) throws InterruptedException {
        Thread stopAtExit = new Thread(agent::stop, "affidavit-forward-exit");
        Runtime.getRuntime().addShutdownHook(stopAtExit);
        boolean delivered = true;
        try {
            if (once) {
                delivered = agent.runOnce();
            } else {
                agent.run();
            }
        } finally {
            removeHook(stopAtExit);
        }
        return delivered ? Program.DONE : STUCK;
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is on its way out, and that is why the agent has ended.
        }
    }

    private void confirm(ForwarderConfig forwarder) {
        spec.commandLine()
                .getOut()
                .println(Terminal.oneLine(
                        "%s: good: %s to %s".formatted(file, forwarder.name(), forwarder.destination())));
    }

    private void complain(String problem) {
        spec.commandLine().getErr().println(Terminal.oneLine(problem));
    }
}
