package dev.affidavit.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/**
 * A list that nothing but turns guards, as Lincheck calls it: who is not woken sleeps for ever. Public, as Lincheck needs it.
 */
@Param(name = "value", gen = IntGen.class)
public final class TurnsOperations {
    private final Turns turns = new Turns(0, Long.MAX_VALUE, 0);
    private final List<Integer> list = new ArrayList<>();

    @Operation
    public int add(int value) throws IOException {
        return turns.take(() -> {
            list.add(value);
            return list.size();
        });
    }

    /** What the work did before it threw is done. */
    @Operation
    public int addAndThrow(int value) throws IOException {
        return turns.take(() -> {
            list.add(value);
            if (list.size() % 2 == 0) {
                throw new IOException("even");
            }
            throw new IllegalStateException("odd");
        });
    }

    @Operation
    public String content() throws IOException {
        return turns.take(list::toString);
    }
}
