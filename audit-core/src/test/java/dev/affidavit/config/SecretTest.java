package dev.affidavit.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretTest {
    private static final String PROPERTY = "affidavit.test.secret";
    private static final String HIDDEN = "s3cr3t-t0ken";

    private final Problems problems = new Problems();

    @TempDir
    Path directory;

    @AfterEach
    void forget() {
        System.clearProperty(PROPERTY);
    }

    private @Nullable Secret read(String reference) {
        ConfigNode node = new ConfigNode("AuditForwarder", Map.of("token", reference), List.of());
        return new Options(node, "AuditForwarder[hec]", problems).secret("token");
    }

    private static void shouldHold(@Nullable Secret secret, String reference) {
        assertThat(secret)
                .isNotNull()
                .hasToString(reference)
                .extracting(Secret::reveal)
                .isEqualTo(HIDDEN);
    }

    @Test
    void shouldReadASystemProperty() {
        System.setProperty(PROPERTY, HIDDEN);

        shouldHold(read("sys:" + PROPERTY), "sys:" + PROPERTY);
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void shouldReadTheEnvironment() {
        Map.Entry<String, String> any = System.getenv().entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .findFirst()
                .orElseThrow();

        Secret secret = read("env:" + any.getKey());

        assertThat(secret).isNotNull().hasToString("env:" + any.getKey());
        assertThat(secret == null ? null : secret.reveal()).isEqualTo(any.getValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {HIDDEN, HIDDEN + "\n", HIDDEN + "\r\n", HIDDEN + "\nsecond line\n"})
    void shouldReadTheFirstLineOfAFile(String content) throws IOException {
        Path file = Files.writeString(directory.resolve("token"), content);

        shouldHold(read("file:" + file), "file:" + file);
    }

    @Test
    void shouldFollowALinkAsContainersGiveSecretsByLinks() throws IOException {
        Path file = Files.writeString(directory.resolve("..data"), HIDDEN);
        Path link = Files.createSymbolicLink(directory.resolve("token"), file);

        shouldHold(read("file:" + link), "file:" + link);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                HIDDEN,
                "",
                " env:TOKEN",
                "ENV:TOKEN",
                "env:",
                "vault:" + HIDDEN,
                "https://user:" + HIDDEN + "@example.com",
                "env:A\n" + HIDDEN
            })
    void shouldRefuseWhatIsNoReferenceWithoutShowingIt(String text) {
        assertThat(read(text)).isNull();
        assertThat(problems.all())
                .containsExactly("AuditForwarder[hec].token: expected a reference to a secret, env:NAME, file:PATH or"
                        + " sys:NAME, found something else");
    }

    @Test
    void shouldRefuseWhatIsNotThere() {
        System.setProperty(PROPERTY, "");

        assertThat(read("env:AFFIDAVIT_NO_SUCH_VARIABLE")).isNull();
        assertThat(read("sys:affidavit.no.such.property")).isNull();
        assertThat(read("sys:" + PROPERTY)).isNull();
        assertThat(problems.all())
                .containsExactly(
                        "AuditForwarder[hec].token: env:AFFIDAVIT_NO_SUCH_VARIABLE holds no secret",
                        "AuditForwarder[hec].token: sys:affidavit.no.such.property holds no secret",
                        "AuditForwarder[hec].token: sys:" + PROPERTY + " holds no secret");
    }

    @Test
    void shouldRefuseAFileThatCannotBeRead() throws IOException {
        Path missing = directory.resolve("missing");
        Path empty = Files.createFile(directory.resolve("empty"));
        Path binary = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe});
        Path large = Files.write(directory.resolve("large"), "x".repeat(65_537).getBytes(StandardCharsets.US_ASCII));

        for (Path file : List.of(missing, empty, binary, large, directory, Path.of("/dev/zero"))) {
            assertThat(read("file:" + file)).as("%s", file).isNull();
        }
        assertThat(read("file:a\0b")).isNull();
        String start = "AuditForwarder[hec].token: file:";
        assertThat(problems.all())
                .hasSize(7)
                .allSatisfy(problem -> assertThat(problem).startsWith(start))
                .satisfies(all -> {
                    assertThat(all.get(0)).startsWith(start + missing + " cannot be read: ");
                    assertThat(all.get(1)).isEqualTo(start + empty + " holds no secret");
                    assertThat(all.get(2)).startsWith(start + binary + " cannot be read: ");
                    assertThat(all.get(3))
                            .endsWith("large cannot be read: java.io.IOException: larger than 65536 bytes");
                    assertThat(all.get(4)).endsWith(" cannot be read: java.io.IOException: not a regular file");
                    assertThat(all.get(5)).endsWith(" cannot be read: java.io.IOException: not a regular file");
                });
    }

    @Test
    void shouldNotBeShownByTheConfigurationThatHoldsIt() {
        System.setProperty(PROPERTY, HIDDEN);
        ConfigNode node =
                new ConfigNode("AuditForwarder", Map.of("token", HIDDEN, "password", "sys:" + PROPERTY), List.of());

        assertThat(node.toString()).contains("token", "password").doesNotContain(HIDDEN);
        assertThat(String.valueOf(read("sys:" + PROPERTY))).doesNotContain(HIDDEN);
    }

    @Test
    void shouldEqualOneOfTheSameReferenceAndValueOnly() {
        System.setProperty(PROPERTY, HIDDEN);
        Secret first = read("sys:" + PROPERTY);

        assertThat(read("sys:" + PROPERTY)).isEqualTo(first).hasSameHashCodeAs(first);
        System.setProperty(PROPERTY, "another");
        assertThat(read("sys:" + PROPERTY)).isNotEqualTo(first);
    }
}
