package dev.affidavit.testkit.appender;

import dev.affidavit.config.Options;
import dev.affidavit.spi.AuditListener;
import dev.affidavit.spi.AuditListenerFactory;
import dev.affidavit.spi.AuditListenerProvider;
import dev.affidavit.spi.ForwardedLine;
import dev.affidavit.spi.LogIdentity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** The listener provider {@code stub}, with an option {@code mood}: remembers what its listeners are told. */
public final class StubListener implements AuditListenerProvider {
    private static final List<String> TOLD = Collections.synchronizedList(new ArrayList<>());
    private static volatile Consumer<ForwardedLine> then = event -> {};

    /** The lines that listeners were told of since {@link #reset}. */
    public static List<String> told() {
        return List.copyOf(TOLD);
    }

    /** How many they are. */
    public static int count() {
        return TOLD.size();
    }

    /** Forgets everything, and does {@code next} with each event from now on. */
    public static void reset(Consumer<ForwardedLine> next) {
        then = next;
        TOLD.clear();
    }

    @Override
    public String name() {
        return "stub";
    }

    @Override
    public AuditListenerFactory configure(Options options) {
        return new Mood(options.text("mood", "calm"));
    }

    private record Mood(String mood) implements AuditListenerFactory {
        @Override
        public AuditListener open(LogIdentity log) {
            return event -> {
                TOLD.add(new String(event.json(), StandardCharsets.UTF_8));
                then.accept(event);
            };
        }
    }
}
