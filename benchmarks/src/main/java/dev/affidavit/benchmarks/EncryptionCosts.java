package dev.affidavit.benchmarks;

import dev.affidavit.encryption.EncryptionKeyException;
import dev.affidavit.encryption.KeyEncryptionKey;
import dev.affidavit.encryption.KeyRing;
import dev.affidavit.encryption.LineDecrypter;
import dev.affidavit.encryption.LineDecryptionException;
import dev.affidavit.encryption.LineEncrypter;
import dev.affidavit.store.Line;
import dev.affidavit.store.SealOptions;
import dev.affidavit.store.StoredLine;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/** What {@code benchmarks/encryption} measures. */
final class EncryptionCosts implements Costs<EncryptionCosts.Repetition> {
    private static final String KEY_ID = "2026-11";
    private static final int KEY_BYTES = 32;
    private static final String LOG = "6d1f0d3cc05b8f1f0e7a2c8f5b0b4a97";
    private static final String SEGMENT = "security_audit_2026-11-21_17-02-31.log";
    private static final SealOptions SEAL = SealOptions.of("benchmark");

    /** How often they take turns: whatever else the machine does falls on all of them. */
    private static final int TURNS = 20;

    private final SecureRandom random = new SecureRandom();
    private final KeyRing keys;

    /**
     * All of it once.
     *
     * @param raw GCM and base64 of the line
     * @param bound the same with the line's header as additional data
     * @param encrypted by the product
     * @param written with encryption and without, sealed both
     * @param longer a log of plain lines that are as long as encrypted ones, by one thread
     */
    record Repetition(Cost raw, Cost bound, Cost encrypted, Beside written, Cost longer) {
        /** In the log, without what longer lines cost. */
        double encryptionMicros() {
            return written.with(1).cpuMicrosPerEvent() - longer.cpuMicrosPerEvent();
        }
    }

    private EncryptionCosts() {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        keys = KeyRing.of(KEY_ID, Map.of(KEY_ID, KeyEncryptionKey.of(key)));
    }

    public static void main(String[] args) throws Exception {
        System.exit(command(System.out, System.err).run(List.of(args)));
    }

    static CostsCommand<Repetition> command(PrintStream out, PrintStream progress) {
        return new CostsCommand<>(
                "encryption",
                "Measures what encrypting a line costs, beside AES-256-GCM and base64 of the same bytes, and how it changes the log.",
                500_000,
                new EncryptionCosts(),
                out,
                progress);
    }

    @Override
    public Repetition measure(Path logs, byte[] line, long events)
            throws IOException, InterruptedException, ExecutionException, GeneralSecurityException {
        Cost raw = Cost.NONE;
        Cost bound = Cost.NONE;
        Cost encrypted = Cost.NONE;
        try (LineEncrypter encrypter = encrypter(LOG)) {
            RawGcm gcm = new RawGcm(line, new byte[0]);
            RawGcm boundGcm = new RawGcm(line, header(encrypter, line));
            long each = Math.max(1, events / TURNS);
            for (int turn = 0; turn < TURNS; turn++) {
                raw = raw.plus(gcm.encrypt(each));
                bound = bound.plus(boundGcm.encrypt(each));
                encrypted = encrypted.plus(encrypt(encrypter, line, each));
            }
        }
        WrittenLog.Lines plainLines = WrittenLog.Lines.same(line);
        Beside written = Beside.of(
                threads -> WrittenLog.write(
                                Files.createTempDirectory(logs, "encrypted-"), encrypted(line), events, threads, SEAL)
                        .cost(),
                threads -> WrittenLog.write(
                                Files.createTempDirectory(logs, "plain-"), plainLines, events, threads, SEAL)
                        .cost());
        byte[] longer =
                Arrays.copyOf(line, Math.toIntExact(Math.round(written.with(1).bytesPerEvent())));
        Arrays.fill(longer, line.length - 1, longer.length - 1, (byte) ' ');
        longer[longer.length - 1] = '\n';
        Cost longerLines = WrittenLog.write(
                        Files.createTempDirectory(logs, "longer-"), WrittenLog.Lines.same(longer), events, 1, SEAL)
                .cost();
        return new Repetition(raw, bound, encrypted, written, longerLines);
    }

    private LineEncrypter encrypter(String log) {
        return new LineEncrypter(log, keys, random);
    }

    /** What the product authenticates with the line, once it is sure that the line can be read again. */
    private byte[] header(LineEncrypter encrypter, byte[] line) throws IOException {
        encrypter.encrypt(SEGMENT, line, line.length);
        byte[] stored = Arrays.copyOf(encrypter.bytes(), encrypter.length() - 1);
        try (LineDecrypter decrypter = new LineDecrypter(LOG, keys)) {
            byte[] read = decrypter.decrypt(new StoredLine(SEGMENT, 0, stored));
            if (!Arrays.equals(read, 0, read.length, line, 0, line.length - 1)) {
                throw new IllegalStateException("expected the line as it was before, found another");
            }
        } catch (LineDecryptionException e) {
            throw new IllegalStateException("expected a line that can be decrypted", e);
        }
        int end = 0;
        while (stored[end] != '.') {
            end++;
        }
        return Arrays.copyOf(stored, end);
    }

    private static Cost encrypt(LineEncrypter encrypter, byte[] line, long events) throws EncryptionKeyException {
        ThreadClock clock = ThreadClock.start();
        for (long i = 0; i < events; i++) {
            encrypter.encrypt(SEGMENT, line, line.length);
        }
        return clock.stop(events, events * line.length);
    }

    private WrittenLog.Lines encrypted(byte[] line) {
        return log -> {
            LineEncrypter encrypter = encrypter(log);
            return () -> new EncryptedLine(line, encrypter);
        };
    }

    @Override
    public String markdown(Repetitions<Repetition> repetitions) {
        return "| CPU µs per line | encrypted | beside it | ratio |\n|---|--:|--:|--:|\n"
                + row(repetitions, "AES-256-GCM and base64url of the line", Repetition::raw)
                + row(repetitions, "the same, the line's header as additional data", Repetition::bound)
                + "\n| | encrypted | plain | ratio |\n|---|--:|--:|--:|\n"
                + repetitions.row(
                        "bytes per stored line",
                        "%.0f",
                        one -> one.written().with(1).bytesPerEvent(),
                        one -> one.written().without(1).bytesPerEvent())
                + "\n"
                + Beside.rates("encryption", repetitions, Repetition::written)
                + "\n"
                + Beside.difference(
                        "encryption",
                        "AES-256-GCM and base64url of the line",
                        repetitions,
                        Repetition::written,
                        one -> one.raw().cpuMicrosPerEvent())
                + repetitions.row(
                        "1 thread, beside plain lines as long, CPU µs per event",
                        "%.2f",
                        Repetition::encryptionMicros,
                        one -> one.raw().cpuMicrosPerEvent());
    }

    private static String row(Repetitions<Repetition> repetitions, String what, Function<Repetition, Cost> beside) {
        return repetitions.row(
                what,
                "%.2f",
                one -> one.encrypted().cpuMicrosPerEvent(),
                one -> beside.apply(one).cpuMicrosPerEvent());
    }

    /** As the product's, which is one for each event. */
    private static final class EncryptedLine implements Line {
        private final byte[] plain;
        private final LineEncrypter encrypter;

        /** @param encrypter used in the writer's turn alone */
        EncryptedLine(byte[] plain, LineEncrypter encrypter) {
            this.plain = plain;
            this.encrypter = encrypter;
        }

        @Override
        public int maxLength() {
            return encrypter.maxStoredLength(plain.length);
        }

        @Override
        public void enter(String segment) {
            try {
                encrypter.encrypt(segment, plain, plain.length);
            } catch (EncryptionKeyException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public byte[] bytes() {
            return encrypter.bytes();
        }

        @Override
        public int length() {
            return encrypter.length();
        }
    }
}
