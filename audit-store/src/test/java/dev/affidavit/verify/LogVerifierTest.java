package dev.affidavit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class LogVerifierTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void shouldFindWhatIsThereAndNothingElse(SampleLog log) throws Exception {
        SealedSample sample = log.write(directory);

        Verification verification =
                LogVerifier.of(directory).pinned(sample.pins()).verify();

        assertThat(verification.verdict()).as("%s", verification).isEqualTo(log.verdict());
        assertThat(verification.counts().lines()).isEqualTo(sample.size());
        assertThat(verification.firstEpochKey()).isEqualTo(sample.firstEpochKey());
        assertThat(verification.findings())
                .as("without those that say the verdict, there is nothing but information")
                .filteredOn(finding -> finding.verdict() != log.verdict())
                .allMatch(finding -> finding.verdict() == Verdict.PRUNED);
    }
}
