package dev.affidavit.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A disk after the first steps of a recording, and what a crash leaves of it. Names that were changed and not forced may be
 * as they were or as they are, each by itself or up to some moment; a rename happens wholly or not at all. Not thread-safe.
 */
final class ReplayedDisk {
    private final Map<Integer, ReplayedFile> files = new HashMap<>();
    private final Map<String, Integer> names = new TreeMap<>();
    private final Map<String, Integer> forcedNames = new TreeMap<>();
    /** Not forced, oldest first. */
    private final List<NameChange> nameChanges = new ArrayList<>();
    /** What the forces under way are for. */
    private final Map<Integer, Force> forces = new HashMap<>();

    void apply(Step step, Instant at) {
        if (step instanceof Step.Created created) {
            files.put(created.file(), new ReplayedFile(at));
            change(new NameChange(null, created.name(), created.file()));
        } else if (step instanceof Step.Written written) {
            file(written.file()).change(written, at);
        } else if (step instanceof Step.Cut cut) {
            file(cut.file()).change(cut, at);
        } else if (step instanceof Step.Renamed renamed) {
            change(new NameChange(renamed.from(), renamed.to(), number(renamed.from())));
        } else if (step instanceof Step.Removed removed) {
            change(new NameChange(removed.name(), null, number(removed.name())));
        } else if (step instanceof Step.ForceBegun begun) {
            forces.put(begun.force(), new Force(begun.file(), file(begun.file()).beginForce()));
        } else if (step instanceof Step.ForceEnded ended) {
            Force force = Objects.requireNonNull(forces.remove(ended.force()));
            file(force.file).endForce(force.begun, ended.good());
        } else if (step instanceof Step.DirectoryForced forced) {
            forceNames(forced.directory());
        }
    }

    private void change(NameChange change) {
        change.apply(names);
        nameChanges.add(change);
    }

    /** A rename is done as soon as one of the two directories is forced; the old name may then still be there beside the new. */
    private void forceNames(String directory) {
        List<NameChange> left = new ArrayList<>();
        for (NameChange change : nameChanges) {
            boolean forced = change.isIn(directory);
            if (!forced) {
                left.add(change);
                continue;
            }
            change.apply(forcedNames);
            if (change.isBetweenDirectories() && directory.equals(Names.parent(Objects.requireNonNull(change.to)))) {
                forcedNames.put(Objects.requireNonNull(change.from), change.file);
                left.add(new NameChange(change.from, null, change.file));
            }
        }
        nameChanges.clear();
        nameChanges.addAll(left);
    }

    private ReplayedFile file(int number) {
        return Objects.requireNonNull(files.get(number));
    }

    /** Of the file that has this name now. */
    int number(String name) {
        return Objects.requireNonNull(names.get(name), name);
    }

    /** The files by their present names. */
    Map<String, Integer> names() {
        return names;
    }

    /** The name of the segment that was begun last; empty if there is none. */
    String newestSegment() {
        return names.keySet().stream()
                .filter(Names::isSegment)
                .max(String::compareTo)
                .orElse("");
    }

    boolean isNewestSegment(int file) {
        Integer newest = names.get(newestSegment());
        return newest != null && newest == file;
    }

    /**
     * What a killed process leaves.
     *
     * @param torn what was done of a further write; null if nothing
     */
    CrashImage afterKill(Step.@Nullable Written torn) {
        ReplayedFile tornIn = torn == null ? null : file(torn.file());
        return image(names, file -> torn != null && file == tornIn ? file.seenAfter(torn) : file.seen());
    }

    /**
     * Whether the device can have all that is seen: not between a force that it refused and the note on that. Who is killed then
     * leaves no trace of the refusal, and nobody can keep what it was for over a power cut that follows.
     */
    boolean canHaveWhatIsSeen() {
        return files.values().stream().allMatch(ReplayedFile::canHaveWhatIsSeen);
    }

    /** What a power cut leaves at least. */
    CrashImage stingy() {
        return image(forcedNames, ReplayedFile::forced);
    }

    /** What it leaves at most. */
    CrashImage generous() {
        return image(names, ReplayedFile::all);
    }

    /** Any of what it can leave in between. */
    CrashImage any(RandomGenerator random) {
        Map<String, Integer> left = new TreeMap<>(forcedNames);
        boolean inOrder = random.nextBoolean();
        int reached = random.nextInt(nameChanges.size() + 1);
        for (int i = 0; i < nameChanges.size(); i++) {
            if (inOrder ? i < reached : random.nextBoolean()) {
                nameChanges.get(i).apply(left);
            }
        }
        return image(left, file -> file.any(random));
    }

    private CrashImage image(Map<String, Integer> left, Function<ReplayedFile, byte[]> content) {
        Map<String, CrashImage.Content> image = new TreeMap<>();
        left.forEach((name, number) -> {
            ReplayedFile file = file(number);
            image.put(name, new CrashImage.Content(content.apply(file), file.modified()));
        });
        return new CrashImage(image);
    }

    private record Force(int file, int begun) {}

    /** A name is gone, or there, or both. */
    private record NameChange(
            @Nullable String from, @Nullable String to, int file) {
        void apply(Map<String, Integer> names) {
            if (from != null) {
                names.remove(from, file);
            }
            if (to != null) {
                names.put(to, file);
            }
        }

        boolean isIn(String directory) {
            return (from != null && directory.equals(Names.parent(from)))
                    || (to != null && directory.equals(Names.parent(to)));
        }

        boolean isBetweenDirectories() {
            return from != null && to != null && !Names.parent(from).equals(Names.parent(to));
        }
    }
}
