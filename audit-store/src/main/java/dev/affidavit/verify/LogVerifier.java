package dev.affidavit.verify;

import dev.affidavit.seal.MalformedSealException;
import dev.affidavit.seal.SealReader;
import dev.affidavit.seal.SignedNote;
import dev.affidavit.seal.SignedStatement;
import dev.affidavit.seal.VerifierKey;
import dev.affidavit.seal.WitnessKey;
import dev.affidavit.verify.ChainCheck.Chain;
import dev.affidavit.verify.ChainCheck.Link;
import dev.affidavit.verify.SegmentCheck.Checked;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the log in a directory, whether a writer has it open or not: it reads files and nothing else, takes no lock, and
 * follows no links. Immutable, thread-safe; reads of the log what is there when {@link #verify()} begins, and in memory holds a
 * buffer for each thread and some hundred bytes for each file.
 *
 * <pre>{@code
 * Verification verification = LogVerifier.of(Path.of("log_files/security"))
 *         .pinned(Pins.read(Path.of("pins.txt")))
 *         .against(Anchors.builder().checkpoint(fromTheSiem).build())
 *         .verify();
 * }</pre>
 */
public final class LogVerifier {
    /** A writer that rotates or prunes while the files are looked up makes them be looked up again. */
    private static final int MAX_TRIES = 5;

    private final Path directory;
    private final Pins pins;
    private final Anchors anchors;
    private final List<WitnessKey> witnesses;
    private final @Nullable LineOpener opener;
    private final int threads;

    private LogVerifier(
            Path directory,
            Pins pins,
            Anchors anchors,
            List<WitnessKey> witnesses,
            @Nullable LineOpener opener,
            int threads) {
        this.directory = directory;
        this.pins = pins;
        this.anchors = anchors;
        this.witnesses = List.copyOf(witnesses);
        this.opener = opener;
        this.threads = threads;
    }

    /** Of the log in this directory: without pins and anchors, with a thread for each processor. */
    public static LogVerifier of(Path directory) {
        return new LogVerifier(
                directory,
                Pins.NONE,
                Anchors.NONE,
                List.of(),
                null,
                Runtime.getRuntime().availableProcessors());
    }

    /** With these keys as the ones that the log must have. */
    public LogVerifier pinned(Pins keys) {
        return new LogVerifier(directory, keys, anchors, witnesses, opener, threads);
    }

    /** With this held against the log. */
    public LogVerifier against(Anchors known) {
        return new LogVerifier(directory, pins, known, witnesses, opener, threads);
    }

    /**
     * With these witnesses as ones that must have cosigned the log. Held against the log is also what the writer keeps of each
     * beside it, which only a cosignature makes worth more than the log itself.
     */
    public LogVerifier witnessedBy(List<WitnessKey> keys) {
        return new LogVerifier(directory, pins, anchors, keys, opener, threads);
    }

    /** With this for lines that are encrypted: an event held against the log is in it too if it was encrypted there. */
    public LogVerifier opening(LineOpener lines) {
        return new LogVerifier(directory, pins, anchors, witnesses, lines, threads);
    }

    /**
     * With so many threads.
     *
     * @throws IllegalArgumentException if that is less than 1
     */
    public LogVerifier threads(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("expected 1 thread or more, found " + count);
        }
        return new LogVerifier(directory, pins, anchors, witnesses, opener, count);
    }

    /** As {@link #verify(Progress)}, and tells nobody how far it is. */
    public Verification verify() throws IOException {
        return verify(Progress.NONE);
    }

    /**
     * Reads the whole log. Whatever is wrong with the log is a finding.
     *
     * @throws IOException if the log cannot be read, which says nothing about it; or if files come and go faster than they can
     *     be looked up
     * @throws InterruptedIOException if the thread is interrupted
     */
    public Verification verify(Progress progress) throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                // What is kept was sealed before: looked up first, all of it is in the files.
                Anchors all = anchors.and(KeptCosignatures.read(directory, witnesses));
                return new Run(LogFiles.of(directory), all, progress).run();
            } catch (FilesMovedException e) {
                if (tries == MAX_TRIES) {
                    throw e;
                }
            }
        }
    }

    /** One verification of the files of one moment. */
    private final class Run {
        private final LogFiles files;
        private final Anchors anchors;
        private final Progress progress;
        private final long bytes;
        private final AtomicLong bytesRead = new AtomicLong();
        private final LongConsumer read;
        private final AnchorMarks marks;
        private final AnchoredLeaves leaves;
        private final Cosigners cosigners = new Cosigners(witnesses);
        private final List<Finding> findings = new ArrayList<>();

        Run(LogFiles files, Anchors anchors, Progress progress) {
            this.files = files;
            this.anchors = anchors;
            this.leaves = AnchoredLeaves.of(anchors.events(), opener);
            this.progress = progress;
            this.bytes = files.bytes();
            this.read = more -> progress.at(bytesRead.addAndGet(more), bytes);
            this.marks = AnchorMarks.of(anchors.checkpoints().stream()
                    .mapToLong(anchor -> anchor.checkpoint().size()));
        }

        Verification run() throws IOException {
            List<SignedNote> samples = new ArrayList<>();
            String origin = origin(samples);
            if (origin == null) {
                return withoutOrigin();
            }
            LogKey logKey = LogKey.of(origin, pins, samples);
            KeptSeals kept = KeptSeals.read(files, logKey, marks);
            Chain chain = ChainCheck.check(files, kept, checkAll(logKey));
            findings.addAll(chain.findings());
            VerifierKey firstKey = firstEpochKey(chain);
            requirePinned(logKey, firstKey);
            Tail tail = Tail.read(files, chain, marks, leaves, read);
            findings.addAll(tail.findings());
            AnchorCheck.Held held = AnchorCheck.check(anchors, marks, leaves, logKey, cosigners, chain, tail, findings);
            findings.addAll(held.findings());
            progress.at(Math.max(bytes, bytesRead.get()), bytes);
            return new Verification(
                    verdict(held), findings, origin, firstKey, counts(chain, tail, held), cosigners.witnessed());
        }

        /** Of a log whose seals do not even say what its name is. */
        private Verification withoutOrigin() {
            List<String> seals = files.seals();
            boolean lines = !files.segments().isEmpty();
            if (seals.isEmpty()) {
                findings.add(Finding.ofLog(
                        Rule.SEAL_THERE,
                        Verdict.SEAL_MISSING,
                        "a seal file",
                        lines
                                ? "%d files of a log and no seal"
                                        .formatted(files.segments().size())
                                : "no log"));
            }
            seals.forEach(seal -> findings.add(Finding.ofStatement(
                    Rule.SEAL_BEGINS, seal, 0, "a whole affidavit-segment, from the first byte on", "none")));
            long expected = anchors.checkpoints().stream()
                    .mapToLong(anchor -> anchor.checkpoint().size())
                    .max()
                    .orElse(0);
            if (expected > 0 && seals.isEmpty() && !lines) {
                findings.add(Finding.ofLog(
                        Rule.ANCHOR_SIZE, Verdict.TRUNCATED, "at least %d lines".formatted(expected), "no log"));
            }
            Verification.Counts none = new Verification.Counts(
                    0, 0, 0, 0, 0, 0, 0, files.segments().size(), files.sealed().size(), 0, 0);
            return new Verification(worst(Verdict.SEAL_MISSING), findings, null, null, none, List.of());
        }

        private Verdict verdict(AnchorCheck.Held held) {
            return worst(held.isAny() ? Verdict.ANCHORED : Verdict.SEALED);
        }

        private Verdict worst(Verdict atLeast) {
            return findings.stream()
                    .map(Finding::verdict)
                    .filter(verdict -> verdict.compareTo(atLeast) > 0)
                    .max(Comparator.naturalOrder())
                    .orElse(atLeast);
        }

        /** The name of the log, which its oldest seal says; if that is damaged, another one, of which the key is pinned. */
        private @Nullable String origin(List<SignedNote> samples) throws IOException {
            List<String> seals = files.seals();
            List<String> origins = new ArrayList<>();
            for (int i = 0; i < seals.size() && origins.isEmpty(); i++) {
                addFirst(seals.get(i), origins, samples);
            }
            for (int i = seals.size() - 1; i >= 0 && origins.size() < 2; i--) {
                addFirst(seals.get(i), origins, samples);
            }
            return origins.stream()
                    .filter(name -> pins.logKey(name).isPresent())
                    .findFirst()
                    .orElse(origins.isEmpty() ? null : origins.get(0));
        }

        private void addFirst(String seal, List<String> origins, List<SignedNote> samples) throws IOException {
            if (!files.isRegular(seal)) {
                return;
            }
            try (SealReader reader = SealReader.of(files.openSeal(seal))) {
                SignedStatement first = reader.next();
                if (first != null) {
                    origins.add(first.statement().origin());
                    samples.add(first.note());
                }
            } catch (MalformedSealException e) {
                // is found again when the seal is read
            }
        }

        private List<Checked> checkAll(LogKey logKey) throws IOException {
            List<String> sealed = files.sealed();
            if (threads == 1 || sealed.size() < 2) {
                List<Checked> checked = new ArrayList<>();
                for (String segment : sealed) {
                    checked.add(SegmentCheck.check(files, segment, logKey, marks, leaves, read));
                }
                return checked;
            }
            ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, sealed.size()), task -> {
                Thread thread = new Thread(task, "affidavit-verify");
                thread.setDaemon(true);
                return thread;
            });
            try {
                List<Future<Checked>> running = new ArrayList<>();
                for (String segment : sealed) {
                    running.add(pool.submit(() -> SegmentCheck.check(files, segment, logKey, marks, leaves, read)));
                }
                List<Checked> checked = new ArrayList<>();
                for (Future<Checked> one : running) {
                    checked.add(get(one));
                }
                return checked;
            } finally {
                pool.shutdownNow();
            }
        }

        private Checked get(Future<Checked> one) throws IOException {
            try {
                return one.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException(directory + ": the verification was interrupted");
            } catch (ExecutionException e) {
                if (e.getCause() instanceof FilesMovedException moved) {
                    throw moved;
                }
                if (e.getCause() instanceof IOException failed) {
                    throw new IOException(directory + ": " + failed, failed);
                }
                throw new IllegalStateException(directory + ": " + e.getCause(), e.getCause());
            }
        }

        private @Nullable VerifierKey firstEpochKey(Chain chain) {
            StatementWalk first =
                    chain.links().isEmpty() ? null : chain.links().get(0).statements();
            return first == null || first.start().epoch() != 1
                    ? null
                    : first.start().key();
        }

        private void requirePinned(LogKey logKey, @Nullable VerifierKey firstKey) {
            if (!logKey.isPinned()) {
                findings.add(Finding.ofLog(
                        Rule.KEYS_PINNED,
                        Verdict.KEY_UNKNOWN,
                        "a pinned log key",
                        pins.keys().isEmpty()
                                ? "no pins: whoever has the host can have made this log"
                                : "the log key %s, id %s, which is not among the pins"
                                        .formatted(logKey.origin(), logKey.idInHex())));
            }
            Optional<VerifierKey> pinned = pins.firstEpochKey(logKey.origin());
            if (!pins.keys().isEmpty() && firstKey != null && !pinned.equals(Optional.of(firstKey))) {
                findings.add(Finding.ofLog(
                        Rule.KEYS_PINNED,
                        Verdict.KEY_UNKNOWN,
                        pinned.map(VerifierKey::toString).orElse("a pinned key of epoch 1"),
                        firstKey.toString()));
            }
        }

        private Verification.Counts counts(Chain chain, Tail tail, AnchorCheck.Held held) {
            long statements = 0;
            for (Link link : chain.links()) {
                statements += link.statements() == null ? 0 : link.statements().statements();
            }
            return new Verification.Counts(
                    tail.firstLine(),
                    tail.lines(),
                    tail.sealed(),
                    held.anchored(),
                    leaves.found(),
                    leaves.stored().first(),
                    leaves.stored().end(),
                    files.segments().size(),
                    files.sealed().size(),
                    statements,
                    bytesRead.get());
        }
    }
}
