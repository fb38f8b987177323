package dev.affidavit.forward.agent;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.affidavit.forward.DeadLetter;
import dev.affidavit.forward.DeadLetters;
import dev.affidavit.store.Cursors;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What destinations refused, for a person at a terminal or, with {@code --json}, for a program. */
@Command(
        name = "dead-letters",
        mixinStandardHelpOptions = true,
        versionProvider = VersionLine.class,
        description = "Looks after events that a destination refuses for good.",
        synopsisSubcommandLabel = "(list | show | send-again)",
        exitCodeListHeading = Program.EXIT_CODES,
        exitCodeList = {Program.DONE_TEXT, Program.FAILED_TEXT, Program.WRONG_TEXT})
public final class DeadLetterCommands {
    /** A path can hold what moves the cursor; JSON lets that stand beyond ASCII. */
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** Of a command line, which calls one of its methods. */
    public DeadLetterCommands() {}

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            versionProvider = VersionLine.class,
            description = "How many each forwarder has.")
    int list(
            @Parameters(paramLabel = "DIRECTORY", description = "Of the log.") Path directory,
            @Option(names = "--json", description = "A JSON object for each forwarder, a line each.") boolean json)
            throws IOException {
        DeadLetters letters = DeadLetters.of(directory);
        for (String forwarder : letters.forwarders()) {
            println(json ? countsAsJson(letters, forwarder) : counts(letters, forwarder));
        }
        return Program.DONE;
    }

    private static String counts(DeadLetters letters, String forwarder) {
        return Terminal.oneLine(
                "%s: %d dead letter(s) in %s".formatted(forwarder, letters.count(forwarder), letters.path(forwarder)));
    }

    private static String countsAsJson(DeadLetters letters, String forwarder) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("forwarder", forwarder);
            json.writeNumberField("dead_letters", letters.count(forwarder));
            json.writeStringField("file", letters.path(forwarder).toString());
            json.writeEndObject();
        }
        return text.toString();
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            versionProvider = VersionLine.class,
            description = "Those of one forwarder, oldest first.")
    int show(
            @Parameters(paramLabel = "DIRECTORY", description = "Of the log.") Path directory,
            @Parameters(paramLabel = "FORWARDER", description = "Its name.") String forwarder,
            @Option(names = "--json", description = "As they stand in the file, a line each.") boolean json) {
        requireName(forwarder);
        DeadLetters letters = DeadLetters.of(directory);
        if (!letters.forwarders().contains(forwarder)) { // its name may be misspelt
            spec.commandLine()
                    .getErr()
                    .println(Terminal.oneLine("%s has no dead letters in %s".formatted(forwarder, directory)));
        }
        try (Stream<DeadLetter> all = letters.list(forwarder)) {
            all.forEach(letter -> println(json ? letter.json() : text(letter)));
        }
        return Program.DONE;
    }

    private static String text(DeadLetter letter) {
        return "%s refused %d time(s) by %s: %s%n    %s byte %d: %s"
                .formatted(
                        letter.time(),
                        letter.refusals(),
                        Terminal.oneLine(letter.destination()),
                        Terminal.oneLine(letter.reason()),
                        Terminal.oneLine(letter.segment()),
                        letter.offset(),
                        Terminal.oneLine(new String(letter.line(), StandardCharsets.UTF_8)));
    }

    @Command(
            name = "send-again",
            mixinStandardHelpOptions = true,
            versionProvider = VersionLine.class,
            description =
                    "Lets a forwarder deliver its dead letters again: a running one within seconds, another when it"
                            + " starts.")
    int sendAgain(
            @Parameters(paramLabel = "DIRECTORY", description = "Of the log.") Path directory,
            @Parameters(paramLabel = "FORWARDER", description = "Its name.") String forwarder) {
        requireName(forwarder);
        println("%s: %d dead letter(s) will be sent again"
                .formatted(forwarder, DeadLetters.of(directory).sendAgain(forwarder)));
        return Program.DONE;
    }

    private void requireName(String forwarder) {
        if (!Cursors.isName(forwarder)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "FORWARDER: expected letters, digits, '_' and '-', found '%s'"
                            .formatted(Terminal.oneLine(forwarder)));
        }
    }

    private void println(String line) {
        spec.commandLine().getOut().println(line);
    }
}
