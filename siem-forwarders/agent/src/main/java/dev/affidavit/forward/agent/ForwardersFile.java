package dev.affidavit.forward.agent;

import dev.affidavit.config.ForwarderConfig;
import dev.affidavit.config.Problems;
import dev.affidavit.trail.Services;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** The forwarders of a file as {@link RunCommand} takes it, for a command that runs none of them. */
public final class ForwardersFile {
    private ForwardersFile() {}

    /**
     * Reads them. The file need name no directory.
     *
     * @param err is told of destinations on the class path that cannot be used
     * @param problems gets everything that is wrong with the file; if there is anything, what is returned is not used
     * @throws IOException if it cannot be read, or is no YAML; the message names it, and shows no value of it
     */
    public static List<ForwarderConfig> read(Path file, PrintWriter err, Problems problems) throws IOException {
        InstantSource clock = InstantSource.system();
        Journal journal = new Journal(err, clock);
        return AgentConfigParser.forwarders(
                YamlFile.read(file, problems),
                Services.destinations(journal),
                Services.encryption(journal).orElse(null),
                clock,
                problems);
    }
}
