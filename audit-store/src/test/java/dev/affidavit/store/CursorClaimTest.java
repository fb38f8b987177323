package dev.affidavit.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
final class CursorClaimTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @BeforeEach
    void makeLog() {
        new TestLog(directory).open().close();
    }

    @Test
    void shouldGiveACursorToOneReaderAtATime() {
        Cursors cursors = Cursors.of(directory);

        CursorClaim first = cursors.claim("soc").orElseThrow();

        assertThat(cursors.claim("soc")).isEmpty();
        try (CursorClaim other = cursors.claim("siem").orElseThrow()) {
            assertThat(other.isFirst()).isTrue();
        }
        first.close();
        try (CursorClaim second = cursors.claim("soc").orElseThrow()) {
            assertThat(first.isFirst()).isTrue();
            assertThat(second.isFirst()).isFalse();
            first.close(); // a second time: gives nothing away
            assertThat(cursors.claim("soc")).isEmpty();
        }
        assertThat(cursors.names()).isEmpty();
    }

    @Test
    void shouldGiveItToAnotherProcessOnlyWhenThisOneGivesItBack() throws Exception {
        CursorClaim mine = Cursors.of(directory).claim("soc").orElseThrow();
        assertThat(answerOfAnotherProcess()).isEqualTo("taken");
        assertThat(answerOfAnotherProcess()).isEqualTo("taken"); // the first refusal did not take the lock away

        mine.close();

        assertThat(answerOfAnotherProcess()).isEqualTo("free");
    }

    @Test
    void shouldGetItFromAProcessThatWasKilled() throws Exception {
        Process killed = ChildJvm.start(ClaimingMain.class, directory, "hold");
        assertThat(killed.inputReader().readLine()).isEqualTo("free");
        assertThat(Cursors.of(directory).claim("soc")).isEmpty();

        killed.destroyForcibly().waitFor();

        Cursors.of(directory).claim("soc").orElseThrow().close();
    }

    private String answerOfAnotherProcess() throws Exception {
        Process process = ChildJvm.start(ClaimingMain.class, directory, "look");
        String answer = process.inputReader().readLine();
        ChildJvm.awaitSuccess(process);
        return answer;
    }

    static final class ClaimingMain {
        private ClaimingMain() {}

        public static void main(String[] arguments) throws IOException {
            Optional<CursorClaim> claim = Cursors.of(Path.of(arguments[0])).claim("soc");
            System.out.println(claim.isPresent() ? "free" : "taken");
            while (arguments[1].equals("hold") && System.in.read() >= 0) {
                // Holds the cursor until it is killed.
            }
            claim.ifPresent(CursorClaim::close);
        }
    }
}
