package dev.affidavit.store;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what it was told. Everything was told once the log is closed. */
final class RecordingListener implements LogListener {
    final List<String> removed = new CopyOnWriteArrayList<>();
    final List<String> removalFailed = new CopyOnWriteArrayList<>();
    final List<Throwable> forceFailed = new CopyOnWriteArrayList<>();

    @Override
    public void removed(List<String> segments) {
        removed.addAll(segments);
    }

    @Override
    public void removalFailed(String segment, Exception cause) {
        removalFailed.add(segment);
    }

    @Override
    public void forceFailed(Throwable cause) {
        forceFailed.add(cause);
    }
}
