package dev.affidavit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.config.ConfigNode;
import dev.affidavit.config.Options;
import dev.affidavit.config.Problems;
import dev.affidavit.encryption.ConfiguredKeys;
import dev.affidavit.forward.agent.Program;
import dev.affidavit.spi.Encryption;
import dev.affidavit.testkit.CommandLineRun;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import picocli.CommandLine;

@Timeout(300)
final class RotateCommandTest {
    private static final String PROPERTY = "affidavit.test.cli.rotate";
    private static final String HEX = "[0-9a-fA-F]{64}";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path temporary;

    @SuppressWarnings("NullAway.Init")
    private Path out;

    @BeforeEach
    void set() {
        out = temporary.resolve("a&b \"new\".key");
        System.setProperty(PROPERTY, "pw-of-the-store");
    }

    @AfterEach
    void clear() {
        System.clearProperty(PROPERTY);
    }

    private static CommandLineRun rotate(Object... arguments) {
        return Affidavit.run(java.util.stream.Stream.concat(
                        java.util.stream.Stream.of("keys", "rotate"), java.util.stream.Stream.of(arguments))
                .toArray());
    }

    /** At the end of a month: in UTC it is the next one already. */
    private CommandLineRun rotateLate(Object... arguments) {
        Clock clock = Clock.fixed(Instant.parse("2026-12-01T02:00:00Z"), ZoneId.of("America/New_York"));
        return CommandLineRun.of(
                (out, err, texts) -> Program.run(new CommandLine(new RotateCommand(clock)), out, err, texts),
                arguments);
    }

    private static Encryption configured(ConfigNode node) {
        Problems problems = new Problems();
        Options options = new Options(node, "AuditEncryption", problems);
        Encryption read = new ConfiguredKeys().configure(options);
        options.rejectUnknown();
        assertThat(problems.all()).isEmpty();
        return read;
    }

    /** The element that is shown for Log4j, or for Logback, whose options are elements. */
    private static ConfigNode shown(CommandLineRun run, String element) throws Exception {
        String text = run.output();
        String xml = text.substring(text.indexOf("<" + element), text.indexOf("</" + element) + element.length() + 3);
        return node(DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)))
                .getDocumentElement());
    }

    private static ConfigNode node(Element element) {
        Map<String, String> values = new LinkedHashMap<>();
        List<ConfigNode> children = new ArrayList<>();
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
            Node attribute = element.getAttributes().item(i);
            values.put(attribute.getNodeName(), attribute.getNodeValue());
        }
        for (int i = 0; i < element.getChildNodes().getLength(); i++) {
            if (element.getChildNodes().item(i) instanceof Element child) {
                if (child.getNodeName().toLowerCase(java.util.Locale.ROOT).startsWith("audit")) {
                    children.add(node(child));
                } else {
                    values.put(child.getNodeName(), child.getTextContent());
                }
            }
        }
        String name = element.getNodeName();
        return new ConfigNode("A" + name.substring(1), values, children);
    }

    /** What it shows is what a configuration takes, and both keys are in force then. */
    @Test
    void shouldMakeAKeyAndShowWhereItBelongs() throws Exception {
        Path old = temporary.resolve("old.key");
        rotate("--out", old, "--key-id", "2026-11");

        CommandLineRun run = rotateLate("--out", out, "--old-key", "2026-11=file:" + old);

        assertThat(run.exitCode()).as(run.errors()).isZero();
        assertThat(run.errors()).isEmpty();
        String key = Files.readString(out);
        assertThat(key).matches(HEX + "\n").isNotEqualTo(Files.readString(old));
        assertThat(run.output()).doesNotContainPattern(HEX);
        assertThat(Files.getPosixFilePermissions(out)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        for (String element : List.of("AuditEncryption", "auditEncryption")) {
            Encryption read = configured(shown(run, element));
            assertThat(read.keyId()).isEqualTo("2026-12");
            assertThat(read.keyIds()).containsExactlyInAnyOrder("2026-11", "2026-12");
        }
    }

    @Test
    void shouldTakeAnIdThatNoOldKeyHas() {
        CommandLineRun run = rotateLate(
                "--out", out, "--old-key", "2026-12-2=env:B", "--old-key", "2026-12=env:A", "--old-key", "x=pkcs12:y");

        assertThat(run.output())
                .contains("Made the key 2026-12-3, ", "<AuditOldKey keyId=\"x\" key=\"pkcs12:y\" secret=\"…\"/>");
    }

    @Test
    void shouldNeverWriteOverAFile() throws IOException {
        Files.writeString(out, "another key");

        CommandLineRun run = rotate("--out", out);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output()).isEmpty();
        assertThat(run.errors()).contains("expected no file there");
        assertThat(Files.readString(out)).isEqualTo("another key");
    }

    @Test
    void shouldMakeAKeyInEachForm() throws Exception {
        Path store = temporary.resolve("store.p12");
        CommandLineRun jwk = rotate("--out", out, "--form", "jwk");
        CommandLineRun pkcs12 = rotate("--out", store, "--form", "pkcs12", "--secret", "sys:" + PROPERTY);

        assertThat(Files.readString(out)).startsWith("{\"kty\":\"oct\",\"kid\":\"");
        for (CommandLineRun run : List.of(jwk, pkcs12)) {
            assertThat(run.exitCode()).as(run.errors()).isZero();
            assertThat(configured(shown(run, "AuditEncryption")).keyIds()).hasSize(1);
            assertThat(configured(shown(run, "auditEncryption")).keyIds()).hasSize(1);
            assertThat(run.output()).doesNotContain("pw-of-the-store", "\"k\":");
        }
        assertThat(Files.getPosixFilePermissions(store)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void shouldRefuseWrongOptionsAndLeaveNoFile() {
        String hex = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
        List<CommandLineRun> runs = List.of(
                rotate(),
                rotate("--out", out, "--form", "pem"),
                rotate("--out", out, "--form", "pkcs12"),
                rotate("--out", out, "--secret", "sys:" + PROPERTY),
                rotate("--out", out, "--form", "pkcs12", "--secret", "env:AFFIDAVIT_TEST_NO_SUCH_SECRET"),
                rotate("--out", out, "--key-id", "a b"),
                rotate("--out", out, "--key-id", "a", "--old-key", "a=env:A"),
                rotate("--out", out, "--old-key", "a=env:A", "--old-key", "a=env:B"),
                rotate("--out", out, "--old-key", "a=" + hex));

        assertThat(runs).allSatisfy(run -> {
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.output()).isEmpty();
            assertThat(run.errors()).doesNotContain(hex);
        });
        assertThat(out).doesNotExist();
    }
}
