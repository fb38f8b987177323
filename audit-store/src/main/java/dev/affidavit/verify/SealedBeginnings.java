package dev.affidavit.verify;

import dev.affidavit.seal.MalformedSealException;
import dev.affidavit.seal.SealReader;
import dev.affidavit.seal.SegmentStart;
import dev.affidavit.seal.SignedStatement;
import dev.affidavit.seal.TreeRange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the sealed files of a log begin in its tree, as their seals say. Immutable. */
final class SealedBeginnings {
    private final Path directory;
    private final LogFiles files;

    SealedBeginnings(Path directory, LogFiles files) {
        this.directory = directory;
        this.files = files;
    }

    /** The beginning of a sealed file. */
    record Begun(String segment, TreeRange before) {}

    /**
     * The last file that begins before this line, or with it.
     *
     * @throws NoProofException if there is none any more, or a seal is damaged
     */
    Begun of(long line) throws IOException, NoProofException {
        List<String> sealed = files.sealed();
        for (int i = sealed.size() - 1; i >= 0; i--) {
            Begun begun = in(sealed.get(i));
            if (begun != null && begun.before().size() <= line && files.isRegular(begun.segment())) {
                return begun;
            }
        }
        throw new NoProofException("%s: line %d is not there: it was pruned".formatted(directory, line));
    }

    @Nullable
    Begun in(String segment) throws IOException, NoProofException {
        try (SealReader reader = open(segment)) {
            SignedStatement first = reader.next();
            return first != null && first.statement() instanceof SegmentStart start
                    ? new Begun(segment, start.before())
                    : null;
        } catch (MalformedSealException e) {
            throw damaged(segment, e);
        }
    }

    /** The seal of a file. */
    SealReader open(String segment) throws IOException, NoProofException {
        String seal = segment + SegmentFileName.SEAL;
        if (!files.isRegular(seal)) {
            throw new NoProofException("%s: %s is no regular file: verify the log".formatted(directory, seal));
        }
        return SealReader.of(files.openSeal(seal));
    }

    NoProofException damaged(String segment, MalformedSealException why) {
        return new NoProofException("%s: %s%s is damaged, verify the log: %s"
                .formatted(directory, segment, SegmentFileName.SEAL, why.getMessage()));
    }
}
