package dev.affidavit.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.testkit.ChildJvm;
import dev.affidavit.testkit.Jdk;
import dev.affidavit.testkit.RequiresJdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A thousand virtual threads that record, some of them interrupted: nothing is lost, and none is pinned by us. */
@RequiresJdk(VirtualThreadTest.JDK)
@Timeout(600)
final class VirtualThreadTest {
    /** The first with long-term support where {@code synchronized} pins nobody: what does then is worth a look. */
    static final int JDK = 25;

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final int NO_LISTENER = 1;

    /**
     * Who pins a thread is what the virtual machine has called and waits for, and the reason names it; or an initializer that is
     * on the stack. The JDK pins threads too, whoever calls it: to load a class, and while it sets an interrupt or clears it.
     */
    private static final Pattern BY_US =
            Pattern.compile("pinned because of [^<]*\\bdev\\.affidavit\\..*|.*\\bdev\\.affidavit\\.[^ ]*\\.<clinit>.*");

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void shouldRecordForAThousandVirtualThreadsAndPinNone(Framework framework) throws IOException {
        Path store = directory.resolve("store");
        Path output = directory.resolve("output");
        Path errors = directory.resolve("errors");

        try (ChildJvm child = framework
                .application(VirtualThreadApplication.class, directory, "1MB", NO_LISTENER)
                .on(Jdk.find(JDK).orElseThrow())
                .argument(store)
                .argument(directory.resolve("recording.jfr"))
                .start(output, errors)) {
            assertThat(child.awaitExit(LIMIT))
                    .as(() -> errors + " says " + content(errors))
                    .isZero();
        }

        List<String> said = Files.readAllLines(output);
        assertThat(said).noneMatch(line -> line.startsWith("failed"));
        assertThat(said)
                .filteredOn(line -> line.startsWith("pinned"))
                .filteredOn(line -> BY_US.matcher(line).matches())
                .as("where we pinned virtual threads; on purpose once")
                .singleElement()
                .asString()
                .contains("PinnedOnPurpose");
        int events =
                VirtualThreadApplication.ROUNDS * VirtualThreadApplication.THREADS * VirtualThreadApplication.EVENTS;
        assertThat(acknowledged(said, "recorded ")).hasSize(events + 1).doesNotHaveDuplicates();
        assertThat(names(LogFiles.content(directory.resolve("log")))).isEqualTo(acknowledged(said, "recorded "));
        assertThat(acknowledged(said, "stored ")).hasSize(events).doesNotHaveDuplicates();
        assertThat(names(LogFiles.content(store))).isEqualTo(acknowledged(said, "stored "));
    }

    private static List<String> acknowledged(List<String> said, String how) {
        return said.stream()
                .filter(line -> line.startsWith(how))
                .map(line -> line.substring(how.length()))
                .sorted()
                .toList();
    }

    private static List<String> names(String content) {
        return EventName.PATTERN
                .matcher(content)
                .results()
                .map(result -> result.group())
                .sorted()
                .toList();
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
