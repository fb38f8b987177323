package dev.affidavit.encryption;

import static dev.affidavit.encryption.Samples.KEY_ID;
import static dev.affidavit.encryption.Samples.NEXT_SEGMENT;
import static dev.affidavit.encryption.Samples.SEGMENT;
import static dev.affidavit.encryption.Samples.encrypt;
import static dev.affidavit.encryption.Samples.json;
import static dev.affidavit.encryption.Samples.keyBytes;
import static dev.affidavit.encryption.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.testkit.Command;
import dev.affidavit.testkit.RequiresProgram;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Lines as another JOSE library reads them: that of npm, which is fetched. Without it the test is skipped. */
@Tag("receivers")
@Timeout(600)
@RequiresProgram({"node", "npm"})
final class JoseTest {
    private static final String JOSE = "jose@6.2.17";

    @TempDir
    private Path directory;

    @Test
    void shouldWriteLinesThatJoseOpensOneByOneInAnyOrder() throws Exception {
        Path program = installed();
        List<String> expected = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        try (LineEncrypter encrypter = Samples.encrypter()) {
            for (int i = 0; i < 200; i++) {
                String segment = i < 100 ? SEGMENT : NEXT_SEGMENT;
                lines.add(text(encrypt(encrypter, segment, json(i))));
                expected.add(
                        segment + " " + Base64.getEncoder().encodeToString(json(i).getBytes(StandardCharsets.UTF_8)));
            }
        }
        Collections.shuffle(lines, new Random(3));
        Collections.shuffle(expected, new Random(3));
        Path key = Files.writeString(
                directory.resolve("key.jwk"),
                "{\"kty\":\"oct\",\"k\":\"%s\"}"
                        .formatted(Base64.getUrlEncoder().withoutPadding().encodeToString(keyBytes(KEY_ID))));
        Path file = Files.write(directory.resolve("lines"), lines);

        String opened = Command.run("node", program.toString(), key.toString(), file.toString());

        assertThat(opened.lines()).isEqualTo(expected);
    }

    private Path installed() throws IOException {
        Path program = directory.resolve("open.mjs");
        try (InputStream in = Objects.requireNonNull(JoseTest.class.getResourceAsStream("open.mjs"))) {
            Files.copy(in, program);
        }
        try {
            Command.run(
                    "npm",
                    "install",
                    "--prefix",
                    directory.toString(),
                    "--no-audit",
                    "--no-fund",
                    "--ignore-scripts",
                    "--fetch-retries=1",
                    "--fetch-timeout=20000",
                    JOSE);
        } catch (IllegalStateException e) {
            boolean required = System.getProperty("affidavit.require", "").contains("npm");
            Assumptions.assumeTrue(required, () -> "npm cannot fetch " + JOSE + ": " + e.getMessage());
            throw e;
        }
        return program;
    }
}
