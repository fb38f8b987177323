package dev.affidavit.cli;

import dev.affidavit.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at one thing after another, so that one that cannot be read does not hide the others. */
final class Looks {
    private final List<String> problems = new ArrayList<>();

    /** What {@code look} finds; null if it cannot be told. */
    <T> @Nullable T at(Look<T> look) {
        try {
            return look.look();
        } catch (StoreException | UncheckedIOException e) {
            add(e);
        } catch (IOException e) {
            problems.add(e.toString());
        }
        return null;
    }

    /** Something else cannot be told. */
    void add(Exception problem) {
        problems.add(String.valueOf(problem.getMessage()));
    }

    /** The same of a list; empty if it cannot be told. */
    <T> List<T> atAll(Look<List<T>> look) {
        List<T> found = at(look);
        return found == null ? List.of() : found;
    }

    /** What could not be told, and why. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    /** A look at files. */
    interface Look<T> {
        @Nullable
        T look() throws IOException;
    }
}
