package dev.affidavit.forward.agent;

import dev.affidavit.spi.Encrypter;
import dev.affidavit.store.Durability;
import dev.affidavit.store.Line;
import dev.affidavit.store.LogListener;
import dev.affidavit.store.LogOptions;
import dev.affidavit.store.LogWriter;
import dev.affidavit.testkit.SampleLog;
import dev.affidavit.testkit.TextLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A log in small files, of whose events those are encrypted that have a key. */
final class EncryptedSampleLog {
    private static final int SEGMENT_BYTES = 8192;

    private final Path directory;

    EncryptedSampleLog(Path directory) {
        this.directory = directory;
    }

    /** Adds events; {@code key} makes what encrypts them, by the id of the log; null for nothing. */
    void append(int from, int to, @Nullable Function<String, Encrypter> key) {
        LogOptions options =
                LogOptions.in(directory).maxSegmentBytes(SEGMENT_BYTES).build();
        try (LogWriter writer = LogWriter.open(options, LogListener.NONE);
                Encrypter encrypter = key == null ? null : key.apply(writer.id())) {
            for (int i = from; i < to; i++) {
                Line plain = TextLine.of(SampleLog.event(i));
                writer.append(encrypter == null ? plain : encrypted(plain, encrypter), Durability.WRITTEN);
            }
        }
    }

    private static Line encrypted(Line plain, Encrypter encrypter) {
        return new Line() {
            @Override
            public int maxLength() {
                return encrypter.maxStoredLength(plain.maxLength());
            }

            @Override
            public void enter(String segment) {
                try {
                    encrypter.encrypt(segment, plain.bytes(), plain.length());
                } catch (IOException e) {
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
        };
    }
}
