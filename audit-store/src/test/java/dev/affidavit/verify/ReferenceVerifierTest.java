package dev.affidavit.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The reference verifier's own tests, in Python: the vectors of RFC 8032, and logs that nothing of the product wrote. */
class ReferenceVerifierTest {
    @Test
    @Timeout(300)
    void shouldVerifyWhatItsOwnTestsWrite() throws Exception {
        ReferenceVerifier.requirePython();
        List<String> command = new ArrayList<>(ReferenceVerifier.PYTHON);
        command.addAll(List.of("-m", "unittest"));

        Process tests = new ProcessBuilder(command)
                .directory(ReferenceVerifier.SOURCES.toFile())
                .redirectErrorStream(true)
                .start();

        String said = new String(tests.getInputStream().readAllBytes(), UTF_8);
        assertThat(tests.waitFor()).as(said).isZero();
        assertThat(said).containsPattern("Ran \\d{2,} tests");
    }
}
