package dev.affidavit.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log in a locale whose digits are not ASCII. */
final class LocaleTest {
    private final Locale before = Locale.getDefault();

    @BeforeEach
    void useArabicDigits() {
        Locale.setDefault(Locale.forLanguageTag("ar-EG"));
        assertThat("%d".formatted(1)).isNotEqualTo("1");
    }

    @AfterEach
    void restore() {
        Locale.setDefault(before);
    }

    @Test
    void shouldWriteAndReadWhatEveryOtherLocaleDoes(@TempDir Path directory) throws Exception {
        TestLog test = new TestLog(directory);
        writeThree(test);
        assertThat(LogFiles.names(directory))
                .containsExactly(
                        "security_audit_2026-11-21_10-00-00.log",
                        "security_audit_2026-11-21_10-00-00_001.log",
                        "security_audit_2026-11-21_10-00-00_002.log");
        Position behindTwo;
        try (LogReader reader = LogReader.fromOldest(directory)) {
            assertThat(LogFiles.texts(reader.read(2, Integer.MAX_VALUE))).containsExactly("one", "two");
            behindTwo = reader.position().orElseThrow();
        }

        Cursors.of(directory).write("soc", behindTwo);

        assertThat(Files.readAllLines(directory.resolve(".affidavit/cursors/soc.cursor")))
                .contains("offset 4", "line 1");
        assertThat(Cursors.of(directory).read("soc")).contains(behindTwo);
        try (LogReader reader = LogReader.from(directory, behindTwo)) {
            assertThat(reader.resumption()).isEqualTo(Resumption.EXACT);
            assertThat(LogFiles.texts(reader.read(2, Integer.MAX_VALUE))).containsExactly("three");
        }
    }

    @Test
    void shouldRecover(@TempDir Path directory) throws Exception {
        TestLog test = new TestLog(directory);
        writeThree(test);
        Files.writeString(LogFiles.last(directory), "torn", StandardOpenOption.APPEND);

        try (LogWriter log = test.open()) {
            Recovery recovery = log.recovery().orElseThrow();
            assertThat(recovery.segment()).isEqualTo("security_audit_2026-11-21_10-00-00_002.log");
            assertThat(recovery.keptAt()).hasFileName(recovery.segment() + ".6").hasContent("torn");
        }
    }

    private static void writeThree(TestLog test) {
        try (LogWriter log = test.open(test.options().maxSegmentBytes(1).build())) {
            for (String text : new String[] {"one", "two", "three"}) {
                log.append(TextLine.of(text), Durability.WRITTEN);
            }
        }
    }
}
