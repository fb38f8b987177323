package dev.affidavit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.affidavit.encryption.LineDecryptionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;

/** What docs/cli.md says of the commands is what they do. */
final class DocumentTest {
    private static final Pattern COMMAND = Pattern.compile("^\\| `([^`]+)` \\|", Pattern.MULTILINE);
    private static final Pattern FIELD = Pattern.compile("^\\| `(\\w+)` \\| (\\w+)", Pattern.MULTILINE);
    private static final Pattern EXIT_CODE = Pattern.compile("^\\| (\\d+) \\|", Pattern.MULTILINE);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private static String section(String heading) throws IOException {
        String page = Files.readString(Path.of("..", "docs", "cli.md"));
        Matcher found = Pattern.compile("\n#+ " + heading + "\n(.*?)(?=\n#|\\z)", Pattern.DOTALL)
                .matcher(page);
        assertThat(found.find()).as("section '%s'", heading).isTrue();
        return found.group(1);
    }

    private static List<String> first(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).toList();
    }

    @Test
    void shouldListEveryCommandWithItsOptions() throws IOException {
        List<String> commands = new ArrayList<>();
        collect(Main.commands(), "", commands);

        assertThat(first(COMMAND, section("Commands"))).containsExactlyInAnyOrderElementsOf(commands);
    }

    /** As the table shows them: names, parameters, and options that are the command's own. */
    private static void collect(CommandLine command, String path, List<String> into) {
        if (command.getSubcommands().isEmpty()) {
            StringBuilder usage = new StringBuilder(path.strip());
            command.getCommandSpec().positionalParameters().stream()
                    .map(ArgSpec::paramLabel)
                    .forEach(label -> usage.append(' ').append(label));
            command.getCommandSpec().options().stream()
                    .map(option -> option.longestName())
                    .filter(name -> !name.equals("--help") && !name.equals("--version"))
                    .sorted()
                    .forEach(name -> usage.append(" [").append(name).append(']'));
            into.add(usage.toString());
        }
        command.getSubcommands().forEach((name, below) -> collect(below, path + " " + name, into));
    }

    @Test
    void shouldGiveEveryExitCodeOfACommand() throws IOException {
        Set<String> codes = new TreeSet<>();
        Main.commands()
                .getSubcommands()
                .values()
                .forEach(command -> codes.addAll(
                        command.getCommandSpec().usageMessage().exitCodeList().keySet()));

        assertThat(codes).contains("0", "1", "2");
        assertThat(first(EXIT_CODE, section("Exit codes"))).containsExactlyInAnyOrderElementsOf(codes);
    }

    @Test
    void shouldListEveryFieldOfStatsInItsOrder() throws IOException {
        try (OperatedLog log = OperatedLog.in(directory.resolve("log"), 30)) {
            log.deliver("soc", 5);
            Files.writeString(log.own("torn").resolve("security_audit_2026-11-21_10-15-00.log.100"), "half a line");
            Files.writeString(log.own("holds").resolve("case-4711"), "");
            JsonNode stats = Affidavit.run("stats", directory.resolve("log"), "--json", "--lines")
                    .json();

            assertThat(fields(section("The object of stats"))).isEqualTo(typesOf(stats));
            assertThat(fields(section("A forwarder"))).isEqualTo(typesOf(stats.at("/forwarders/0")));
            assertThat(fields(section("A legal hold"))).isEqualTo(typesOf(stats.at("/legal_holds/0")));
            assertThat(fields(section("A torn tail"))).isEqualTo(typesOf(stats.at("/unrecorded_torn_tails/0")));
        }
    }

    @Test
    void shouldListEveryFieldOfVerifyInItsOrder() throws Exception {
        SealedLog log = SealedLog.in(directory.resolve("log"), 30);
        Path older = directory.resolve("older");
        log.copyTo(older);
        log.append(30, 40);
        Path evidence = Files.writeString(directory.resolve("evidence"), log.checkpoint());
        log.putBack(older);
        Path seal = log.files(".seal").get(0);
        Files.writeString(seal, Files.readString(seal).replaceFirst("time 20", "time 19"));
        JsonNode found = Affidavit.run("verify", log.directory(), "--against", evidence, "--json")
                .json();
        Map<String, String> finding = new LinkedHashMap<>();
        found.path("findings")
                .forEach(one -> typesOf(one).forEach((name, type) -> {
                    if (!one.path(name).isNull() || !finding.containsKey(name)) {
                        finding.put(name, type);
                    }
                }));

        assertThat(fields(section("The object of verify"))).isEqualTo(typesOf(found));
        assertThat(fields(section("A finding"))).isEqualTo(finding);
    }

    @Test
    void shouldListEveryFieldOfDecryptInItsOrder() throws IOException {
        EncryptedLog log = EncryptedLog.in(directory);
        JsonNode report = Affidavit.run(
                        "decrypt",
                        log.directory(),
                        "--decryption-key",
                        log.reference(EncryptedLog.FIRST),
                        "--out",
                        directory.resolve("out"),
                        "--json")
                .json();

        assertThat(fields(section("The object of decrypt"))).isEqualTo(typesOf(report));
        assertThat(fields(section("A line that was not written"))).isEqualTo(typesOf(report.at("/failures/0")));
        String reasons = section("A line that was not written");
        for (LineDecryptionException.Reason reason : LineDecryptionException.Reason.values()) {
            assertThat(reasons).contains("`%s`".formatted(reason.name().toLowerCase(Locale.ROOT)));
        }
    }

    private static Map<String, String> fields(String section) {
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher row = FIELD.matcher(section);
        while (row.find()) {
            fields.put(row.group(1), row.group(2));
        }
        return fields;
    }

    /** In words, as the tables have them; a text is what can be null here. */
    private static Map<String, String> typesOf(JsonNode object) {
        Map<String, String> types = new LinkedHashMap<>();
        object.properties()
                .forEach(field -> types.put(
                        field.getKey(),
                        switch (field.getValue().getNodeType()) {
                            case NUMBER -> "number";
                            case BOOLEAN -> "boolean";
                            case ARRAY -> "list";
                            default -> "text";
                        }));
        return types;
    }
}
