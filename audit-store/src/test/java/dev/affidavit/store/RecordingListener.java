package dev.affidavit.store;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what it was told. Everything was told once the log is closed. */
final class RecordingListener implements LogListener {
    final List<Removal> removals = new CopyOnWriteArrayList<>();
    final List<String> removalFailed = new CopyOnWriteArrayList<>();
    final List<String> holds = new CopyOnWriteArrayList<>();
    final List<String> disk = new CopyOnWriteArrayList<>();
    final List<String> warnings = new CopyOnWriteArrayList<>();
    final List<Tampering> tamperings = new CopyOnWriteArrayList<>();
    final List<String> anchors = new CopyOnWriteArrayList<>();
    final List<Rescue> rescued = new CopyOnWriteArrayList<>();
    final List<Throwable> forceFailed = new CopyOnWriteArrayList<>();

    /** The segments that were about to be removed. */
    List<String> removed() {
        return removals.stream().map(Removal::segment).toList();
    }

    @Override
    public void removing(List<Removal> about) {
        removals.addAll(about);
    }

    @Override
    public void removalFailed(String segment, Exception cause) {
        removalFailed.add(segment);
    }

    @Override
    public void holdPlaced(LegalHold hold) {
        holds.add("placed %s: %s".formatted(hold.name(), hold.reason()));
    }

    @Override
    public void holdReleased(String name) {
        holds.add("released " + name);
    }

    @Override
    public void diskFull(DiskTrouble trouble) {
        disk.add("full: " + trouble.problem());
    }

    @Override
    public void diskLow(DiskTrouble trouble) {
        disk.add("low: " + trouble.problem());
    }

    @Override
    public void warned(String problem) {
        warnings.add(problem);
    }

    @Override
    public void anchor(String checkpoint) {
        anchors.add(checkpoint);
    }

    @Override
    public void tampered(Tampering tampering) {
        tamperings.add(tampering);
    }

    @Override
    public void rescued(Rescue rescue) {
        rescued.add(rescue);
    }

    @Override
    public void forceFailed(Throwable cause) {
        forceFailed.add(cause);
    }
}
