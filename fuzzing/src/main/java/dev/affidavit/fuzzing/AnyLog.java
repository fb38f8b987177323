package dev.affidavit.fuzzing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The directory of a log whose segments hold anything: what writers, crashes, other programs and attackers leave. */
final class AnyLog {
    private static final int MAX_SEGMENTS = 3;
    /** As many names as {@link #name} can be asked for: those of the segments, and those between and around them. */
    static final int NAMES = 2 * MAX_SEGMENTS + 1;

    private static final int MAX_RUN = 300_000;
    /** More than a line may have: made rarely, since it is slow. */
    private static final int TOO_LONG = 16 * 1024 * 1024 + 10;

    private final List<byte[]> contents = new ArrayList<>();
    private final List<byte[]> good = new ArrayList<>();
    private final Set<Integer> noted = new HashSet<>();

    private AnyLog() {}

    /** Makes the directory, which must not be there. */
    static AnyLog in(Path directory, Choices choices) throws IOException {
        AnyLog log = new AnyLog();
        Path own = directory.resolve(".affidavit");
        Files.createDirectories(own.resolve("cursors"));
        switch (choices.below(8)) {
            case 0 -> Files.write(own.resolve("log-id"), choices.bytes(40));
            case 1 -> Files.deleteIfExists(own.resolve("log-id"));
            default -> Files.writeString(own.resolve("log-id"), Scratch.LOG_ID);
        }
        if (choices.below(8) == 0) {
            Files.write(own.resolve("holds-recorded"), choices.bytes(60));
        }
        for (int i = choices.below(MAX_SEGMENTS + 1); i > 0; i--) {
            byte[] content = content(choices);
            Files.write(directory.resolve(segment(log.contents.size())), content);
            log.contents.add(content);
            log.good.add(content);
        }
        for (int i = 0; i < log.contents.size(); i++) {
            switch (choices.octet()) {
                case 1 -> Files.write(note(directory, i), choices.bytes(200));
                case 2, 3, 4 -> log.addNote(directory, i, choices);
                default -> {}
            }
        }
        return log;
    }

    private static Path note(Path directory, int index) throws IOException {
        return Files.createDirectories(directory.resolve(".affidavit/poisoned")).resolve(segment(index));
    }

    /** Says that the device refused the end of the segment, and that it stands in a later one, which may be there. */
    private void addNote(Path directory, int index, Choices choices) throws IOException {
        byte[] whole = contents.get(index);
        int kept = (int) Math.floorMod(choices.number(), whole.length + 2L);
        int copy = index + 1 + choices.below(2);
        String body = "affidavit-poisoned 1\nsegment %s\ngood %d\ncopy %s\nat %d\n"
                .formatted(segment(index), kept, segment(copy), choices.number() & Long.MAX_VALUE);
        Files.write(note(directory, index), Hashes.checked(body.getBytes(StandardCharsets.US_ASCII)));
        if (copy < contents.size()) {
            noted.add(index);
            good.set(index, Arrays.copyOf(whole, Math.min(kept, whole.length)));
        }
    }

    /** The names that sort so: segments have the odd ones. */
    static String name(int number) {
        return "security_audit_2026-01-01_00-00-%02d.log".formatted(number);
    }

    static String segment(int index) {
        return name(2 * index + 1);
    }

    /** What of each segment is part of the log, oldest first. */
    List<byte[]> good() {
        return good;
    }

    /** All that the segment holds. */
    byte[] whole(int index) {
        return contents.get(index);
    }

    /** Whether a note counts that says where the part of the segment ends that is part of the log. */
    boolean isNoted(int index) {
        return noted.contains(index);
    }

    private static byte[] content(Choices choices) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (int i = choices.below(8); i > 0; i--) {
            content.writeBytes(piece(choices));
            if (choices.flag()) {
                content.write('\n');
            }
        }
        return content.toByteArray();
    }

    private static byte[] piece(Choices choices) {
        return switch (choices.below(8)) {
            case 0 -> run((byte) 0, choices.octet() << (choices.flag() ? 0 : choices.below(12)));
            case 1 -> run((byte) 'x', choices.octet() << (choices.flag() ? 0 : choices.below(12)));
            case 2 -> run((byte) '\n', choices.below(4));
            case 3 ->
                "{\"id\":\"evt_%019d_1795213454\"}"
                        .formatted(choices.number() & Long.MAX_VALUE)
                        .getBytes(StandardCharsets.US_ASCII);
            case 4 -> run((byte) 'x', choices.number() == -1 ? TOO_LONG : 1);
            default -> choices.bytes(choices.below(32));
        };
    }

    private static byte[] run(byte of, int length) {
        byte[] run = new byte[length == TOO_LONG ? length : Math.min(length, MAX_RUN)];
        Arrays.fill(run, of);
        return run;
    }
}
