package dev.affidavit.cli;

import dev.affidavit.config.ForwarderConfig;
import dev.affidavit.config.Problems;
import dev.affidavit.forward.agent.ForwardersFile;
import dev.affidavit.spi.StoredLines;
import dev.affidavit.store.LogExtent;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What the destination of a forwarder has of a log.
 *
 * @param name of the forwarder
 * @param place where it sends to, for messages
 */
record StoredEvidence(String name, String place, StoredLines lines) {

    /**
     * Looks a forwarder up in a file as {@code forward} takes it.
     *
     * @throws WrongConfigurationException with everything that is wrong with the file or the choice
     */
    static StoredEvidence of(Path file, String name, PrintWriter err) throws WrongConfigurationException {
        Problems problems = new Problems();
        List<ForwarderConfig> forwarders;
        try {
            forwarders = ForwardersFile.read(file, err, problems);
        } catch (IOException e) {
            throw new WrongConfigurationException(List.of(String.valueOf(e.getMessage())));
        }
        if (!problems.isEmpty()) {
            throw new WrongConfigurationException(problems.all().stream()
                    .map(problem -> file + ": " + problem)
                    .toList());
        }
        ForwarderConfig chosen = forwarders.stream()
                .filter(forwarder -> forwarder.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new WrongConfigurationException(List.of("--against-forwarder %s: expected one of %s, %s"
                                .formatted(
                                        name,
                                        file,
                                        forwarders.stream()
                                                .map(ForwarderConfig::name)
                                                .toList()))));
        if (chosen.destination() instanceof StoredLines lines) {
            return new StoredEvidence(name, chosen.destination().toString(), lines);
        }
        throw new WrongConfigurationException(List.of(
                "--against-forwarder %s: expected a destination that can be read, elasticsearch or database, found %s. Export the events there, for --against"
                        .formatted(name, chosen.destination())));
    }

    /**
     * Reads all that is there of the log.
     *
     * @throws IOException if not all of it can be read; or if there is nothing of this log, which is no evidence
     */
    void readTo(EvidenceReader evidence, Path directory, Progress progress) throws IOException {
        String logId = LogExtent.of(directory).logId();
        long before = evidence.events();
        lines.read(logId, (line, id) -> {
            evidence.stored(line, id);
            progress.show(String.format(Locale.ROOT, "reading %s: %,d events", name, evidence.events() - before));
        });
        if (evidence.events() == before) {
            throw new IOException(
                    "%s, %s, has no event of the log %s in %s: nothing to hold it to. Look whether it is the right place, and whether this is the log that was forwarded"
                            .formatted(name, place, logId, directory));
        }
    }
}
