package dev.affidavit.testkit.hostile;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Objects whose own code runs while they are written. */
final class HostileObjects {
    private HostileObjects() {}

    static List<HostileValue> all() {
        return Stream.of(plain(), failing()).flatMap(List::stream).toList();
    }

    private static List<HostileValue> plain() {
        record Point(int x, @Nullable Object y) {}
        enum Door {
            HALF_OPEN {
                @Override
                public String toString() {
                    return "said by toString";
                }
            }
        }
        return List.of(
                HostileValue.of("null", null, Said.NULL),
                HostileValue.of("a text that is null", new Speaking(() -> null), Said.NULL),
                HostileValue.text("a record", new Point(1, null)),
                HostileValue.text("an Optional", Optional.of("x")),
                HostileValue.text("an empty Optional", Optional.empty()),
                HostileValue.text("a UUID", new UUID(1, 2)),
                HostileValue.text("a class", HostileObjects.class),
                HostileValue.text("a stream", Stream.of(1)),
                HostileValue.text("an iterator", List.of(1).iterator()),
                HostileValue.text("a throwable", new IllegalStateException("no\nway")),
                HostileValue.of("an enum constant", Door.HALF_OPEN, Said.text("HALF_OPEN")),
                HostileValue.of("a character", 'c', Said.text("c")),
                HostileValue.of("half a character", '\ud83d', Said.text("\ud83d")));
    }

    /** Those that do not say anything. */
    static List<HostileValue> failing() {
        return List.of(
                HostileValue.unreadable(
                        "a text that throws",
                        new Speaking(() -> {
                            throw new IllegalStateException("\"},{\" secret");
                        }),
                        IllegalStateException.class),
                HostileValue.unreadable(
                        "a text that throws what it may not",
                        new Speaking(() -> sneak(new java.io.IOException("checked"))),
                        java.io.IOException.class),
                HostileValue.unreadable(
                        "a text without end", new Speaking(HostileObjects::recurse), StackOverflowError.class),
                HostileValue.unreadable(
                        "a text that does not fit",
                        new Speaking(() -> {
                            throw new OutOfMemoryError("Java heap space");
                        }),
                        OutOfMemoryError.class),
                HostileValue.unreadable(
                        "a text that cannot be linked",
                        new Speaking(() -> {
                            throw new NoClassDefFoundError("gone");
                        }),
                        NoClassDefFoundError.class));
    }

    @SuppressWarnings("InfiniteRecursion")
    private static String recurse() {
        return "x" + recurse();
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> String sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }

    /** An object that says what it is told to. */
    record Speaking(Supplier<@Nullable String> text) {
        @Override
        @SuppressWarnings({"NullAway", "DataFlowIssue"}) // that it returns null is the point
        public String toString() {
            return text.get();
        }
    }
}
