package dev.affidavit.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.affidavit.seal.SignedStatement;
import dev.affidavit.seal.Succession;
import java.nio.file.Path;
import java.util.Arrays;

/** Sealed logs as writers leave them, one for each thing that a log can have, and for each state that a crash leaves. */
enum SampleLog {
    /** Several files, epochs of each kind, all of it sealed. */
    WHOLE(Verdict.SEALED) {
        @Override
        SealedSample write(Path directory) throws Exception {
            return several(directory).checkpoint();
        }
    },
    ONE_FILE(Verdict.SEALED) {
        @Override
        SealedSample write(Path directory) throws Exception {
            return SealedSample.in(directory).lines(5).checkpoint();
        }
    },
    WITHOUT_LINES(Verdict.SEALED) {
        @Override
        SealedSample write(Path directory) throws Exception {
            return SealedSample.in(directory);
        }
    },
    UNSEALED_TAIL(Verdict.UNSEALED_TAIL) {
        @Override
        SealedSample write(Path directory) throws Exception {
            return several(directory).checkpoint().lines(3);
        }
    },
    UNSEALED_FILES(Verdict.UNSEALED_TAIL) {
        @Override
        SealedSample write(Path directory) throws Exception {
            return several(directory).checkpoint().lines(2).unsealedFile(2).unsealedFile(1);
        }
    },
    PRUNED(Verdict.SEALED) {
        @Override
        SealedSample write(Path directory) throws Exception {
            return pruned(directory).lines(2).checkpoint();
        }
    },
    PRUNE_RECORDED(Verdict.SEALED) {
        @Override
        SealedSample write(Path directory) throws Exception {
            return several(directory).checkpoint().prune(SealedSample.PruneStep.RECORDED);
        }
    },
    PRUNE_BLOCK_KEPT(Verdict.SEALED) {
        @Override
        SealedSample write(Path directory) throws Exception {
            return several(directory).checkpoint().prune(SealedSample.PruneStep.BLOCK_KEPT);
        }
    },
    PRUNE_FILE_REMOVED(Verdict.SEALED) {
        @Override
        SealedSample write(Path directory) throws Exception {
            return several(directory).checkpoint().prune(SealedSample.PruneStep.FILE_REMOVED);
        }
    },
    HAND_OVER_BEGUN(Verdict.UNSEALED_TAIL) {
        @Override
        SealedSample write(Path directory) throws Exception {
            return several(directory).checkpoint().lines(1).beginHandOver();
        }
    },
    /** The succession is cut as well. */
    HAND_OVER_CUT(Verdict.UNSEALED_TAIL) {
        @Override
        SealedSample write(Path directory) throws Exception {
            SealedSample sample = several(directory).checkpoint().lines(1).beginHandOver();
            return sample.unfinished(begun(sample, 100));
        }
    },
    HANDED_OVER(Verdict.SEALED) {
        @Override
        SealedSample write(Path directory) throws Exception {
            return several(directory).rotate();
        }
    },
    STATEMENT_CUT(Verdict.UNSEALED_TAIL) {
        @Override
        SealedSample write(Path directory) throws Exception {
            SealedSample sample = several(directory).lines(1);
            return sample.unfinished(begun(sample, 150));
        }
    },
    /** The statement is as long as it has to be, and nothing of it was written. */
    STATEMENT_NUL(Verdict.UNSEALED_TAIL) {
        @Override
        SealedSample write(Path directory) throws Exception {
            return several(directory).lines(1).unfinished(new byte[400]);
        }
    },
    LINE_CUT(Verdict.SEALED) {
        @Override
        SealedSample write(Path directory) throws Exception {
            return several(directory).checkpoint().tornLine("{\"id\":\"evt_");
        }
    },
    LINE_NUL(Verdict.SEALED) {
        @Override
        SealedSample write(Path directory) throws Exception {
            return several(directory).checkpoint().tornLine("\0\0\0\n\0{}\n");
        }
    },
    FORCE_REFUSED(Verdict.SEALED) {
        @Override
        SealedSample write(Path directory) throws Exception {
            return several(directory)
                    .lines(2)
                    .checkpoint()
                    .lines(3)
                    .refuse(3)
                    .lines(1)
                    .checkpoint();
        }
    },
    BROKEN(Verdict.TAMPERED) {
        @Override
        SealedSample write(Path directory) throws Exception {
            return several(directory)
                    .checkpoint()
                    .breakHere("its last line was changed")
                    .lines(2)
                    .checkpoint();
        }
    };

    private final Verdict verdict;

    SampleLog(Verdict verdict) {
        this.verdict = verdict;
    }

    /** What has to be found in it, with its keys pinned. */
    Verdict verdict() {
        return verdict;
    }

    /** Into a directory that is empty or not there. */
    abstract SealedSample write(Path directory) throws Exception;

    private static SealedSample several(Path directory) throws Exception {
        return SealedSample.in(directory)
                .lines(3)
                .checkpoint()
                .lines(2)
                .succession(Succession.Reason.TIME)
                .lines(1)
                .rotate()
                .lines(4)
                .checkpoint()
                .lines(1)
                .succession(Succession.Reason.START)
                .rotate()
                .lines(2)
                .checkpoint()
                .lines(2);
    }

    private static SealedSample pruned(Path directory) throws Exception {
        return several(directory)
                .checkpoint()
                .prune()
                .rotate()
                .lines(1)
                .prune()
                .rotate()
                .lines(2)
                .checkpoint()
                .prune();
    }

    private static byte[] begun(SealedSample sample, int length) {
        return Arrays.copyOf(SignedStatement.written(sample.checkpointNote()).getBytes(UTF_8), length);
    }
}
