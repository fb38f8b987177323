package dev.affidavit.encryption;

import static dev.affidavit.encryption.Samples.KEY_ID;
import static dev.affidavit.encryption.Samples.LOG;
import static dev.affidavit.encryption.Samples.SEGMENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the document on the format shows to whoever writes a decrypter. */
final class DocumentedLineTest {
    private static final Pattern EXAMPLE = Pattern.compile(
            "Under the key `(?<key>[\\w-]+)` \\(base64url\\), `(?<line>\\{[^`]+\\})` in the file `(?<file>[^`]+)`"
                    + "[^`]+```\\n(?<jwe>[\\w.-]+)\\n```");
    private static final Pattern LENGTH = Pattern.compile("(?<stored>\\d+) bytes for one of (?<line>\\d+)\\.");

    @Test
    void shouldOpenTheLineThatIsShown() throws Exception {
        MatchResult example = find(EXAMPLE);
        KeyEncryptionKey key = KeyEncryptionKey.of(Base64.getUrlDecoder().decode(example.group(1)));
        LineDecrypter decrypter = new LineDecrypter(LOG, KeyRing.of(KEY_ID, Map.of(KEY_ID, key)));

        assertThat(example.group(3)).isEqualTo(SEGMENT);
        assertThat(Samples.decrypt(decrypter, Samples.stored(SEGMENT, example.group(4))))
                .isEqualTo(example.group(2));
    }

    @Test
    void shouldWriteAsManyBytesAsItSays() throws Exception {
        MatchResult lengths = find(LENGTH);

        assertThat(Samples.encrypter().storedLength(Integer.parseInt(lengths.group(2)) + 1, SEGMENT))
                .isEqualTo(Integer.parseInt(lengths.group(1)));
    }

    private static MatchResult find(Pattern pattern) throws Exception {
        Path document = Path.of("docs/format.md");
        for (Path up = Path.of("").toAbsolutePath(); up != null && !Files.exists(document); up = up.getParent()) {
            document = up.resolve("docs/format.md");
        }
        Matcher matcher = pattern.matcher(Files.readString(document));
        assertThat(matcher.find()).as("an example in " + document).isTrue();
        return matcher.toMatchResult();
    }
}
