package dev.affidavit.verify;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What can be done to the files of a log without its keys, in the same order in each run. */
final class Damages {
    private static final int SECTOR = 512;

    private final SortedMap<String, byte[]> files;
    private final Random random;
    private final List<Damage> damages = new ArrayList<>();

    /** Files to write, or to remove where there are no bytes. */
    record Damage(String name, Map<String, byte @Nullable []> changes) {
        @Override
        public String toString() {
            return name;
        }
    }

    private Damages(SortedMap<String, byte[]> files, long seed) {
        this.files = files;
        this.random = new Random(seed);
    }

    /**
     * @param files all of a log, by their paths within its directory
     * @param flips how many bits of each file change, one at a time
     */
    static List<Damage> of(Map<String, byte[]> files, int flips, long seed) {
        Damages damages = new Damages(new TreeMap<>(files), seed);
        for (String file : damages.files.keySet()) {
            damages.whole(file);
            damages.bytes(file, flips);
            damages.pieces(file);
            damages.sectors(file);
        }
        damages.pairs();
        damages.onlyTheFirst();
        return damages.damages;
    }

    private void change(String name, String file, byte @Nullable [] bytes) {
        Map<String, byte @Nullable []> changes = new TreeMap<>();
        changes.put(file, bytes);
        damages.add(new Damage(file + " " + name, changes));
    }

    private byte[] bytesOf(String file) {
        return files.getOrDefault(file, new byte[0]);
    }

    private void whole(String file) {
        change("removed", file, null);
        change("emptied", file, new byte[0]);
        for (String added :
                List.of("x", "\n", "\n\n", "{}\n", "\0", "\0\n", "affidavit-prune 1\n", "affidavit-p", "\u00e2")) {
            change(
                    "with " + HexFormat.of().formatHex(added.getBytes(ISO_8859_1)) + " added",
                    file,
                    joined(bytesOf(file), added.getBytes(ISO_8859_1)));
        }
    }

    private void bytes(String file, int flips) {
        byte[] sound = bytesOf(file);
        for (int i = 0; i < flips && sound.length > 0; i++) {
            int at = i < flips / 4 ? Math.max(0, sound.length - 1 - i) : random.nextInt(sound.length);
            byte[] flipped = sound.clone();
            flipped[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            change("flipped at " + at, file, flipped);
        }
        for (int i = 0; i < flips / 4 && sound.length > 0; i++) {
            int at = random.nextInt(sound.length);
            change("cut at " + at, file, Arrays.copyOf(sound, at));
            byte[] shorter = joined(Arrays.copyOf(sound, at), Arrays.copyOfRange(sound, at + 1, sound.length));
            change("without byte " + at, file, shorter);
        }
    }

    /** Lines of a file, statements of a seal. */
    private void pieces(String file) {
        List<byte[]> pieces = split(bytesOf(file), file.endsWith(".seal") ? 2 : 0);
        for (int i = 0; i < pieces.size(); i++) {
            List<byte[]> without = new ArrayList<>(pieces);
            byte[] piece = without.remove(i);
            change("without piece " + i, file, joined(without.toArray(byte[][]::new)));
            List<byte[]> twice = new ArrayList<>(pieces);
            twice.add(i, piece);
            change("with piece " + i + " twice", file, joined(twice.toArray(byte[][]::new)));
            List<byte[]> moved = new ArrayList<>(without);
            moved.add(random.nextInt(without.size() + 1), piece);
            change("with piece " + i + " moved", file, joined(moved.toArray(byte[][]::new)));
            change("up to piece " + i, file, joined(pieces.subList(0, i).toArray(byte[][]::new)));
        }
    }

    private void sectors(String file) {
        byte[] sound = bytesOf(file);
        for (int from = 0; from < sound.length; from += SECTOR) {
            for (int to : new int[] {Math.min(from + SECTOR, sound.length), sound.length}) {
                byte[] holed = sound.clone();
                Arrays.fill(holed, from, to, (byte) 0);
                change("with NUL from " + from + " to " + to, file, holed);
            }
        }
    }

    private void pairs() {
        for (String one : files.keySet()) {
            for (String other : files.keySet()) {
                if (!one.equals(other) && one.endsWith(".seal") == other.endsWith(".seal")) {
                    change("replaced by " + other, one, bytesOf(other));
                }
            }
            if (files.containsKey(one + ".seal")) {
                Map<String, byte @Nullable []> changes = new TreeMap<>();
                changes.put(one, null);
                changes.put(one + ".seal", null);
                damages.add(new Damage(one + " removed with its seal", changes));
            }
        }
    }

    /** The log as it was when its first file, its first two, were all of it. */
    private void onlyTheFirst() {
        List<String> logs =
                files.keySet().stream().filter(file -> file.endsWith(".log")).collect(Collectors.toList());
        for (int kept = 0; kept < logs.size(); kept++) {
            Map<String, byte @Nullable []> changes = new TreeMap<>();
            for (String gone : logs.subList(kept, logs.size())) {
                changes.put(gone, null);
                changes.put(gone + ".seal", null);
            }
            damages.add(new Damage("only the first " + kept + " files", changes));
        }
    }

    /** Behind each {@code \n}, or behind each so many empty lines. */
    private static List<byte[]> split(byte[] bytes, int emptyLines) {
        List<byte[]> pieces = new ArrayList<>();
        int begin = 0;
        int empty = 0;
        for (int at = 0; at < bytes.length; at++) {
            boolean isEmpty = bytes[at] == '\n' && at > 0 && bytes[at - 1] == '\n';
            empty += isEmpty ? 1 : 0;
            if (emptyLines == 0 ? bytes[at] == '\n' : empty == emptyLines) {
                pieces.add(Arrays.copyOfRange(bytes, begin, at + 1));
                begin = at + 1;
                empty = 0;
            }
        }
        return pieces;
    }

    private static byte[] joined(byte[]... parts) {
        int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
