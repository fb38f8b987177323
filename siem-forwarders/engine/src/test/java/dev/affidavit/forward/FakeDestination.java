package dev.affidavit.forward;

import dev.affidavit.spi.BatchTooLargeException;
import dev.affidavit.spi.Delivery;
import dev.affidavit.spi.Delivery.Refusal;
import dev.affidavit.spi.Destination;
import dev.affidavit.spi.DestinationFactory;
import dev.affidavit.spi.ForwardedLine;
import dev.affidavit.spi.LogIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** A destination that does what a script says, and keeps what it got. One connection at a time. */
final class FakeDestination implements DestinationFactory {
    /** One call of the engine; may fail. */
    interface Act {
        void play() throws Exception;
    }

    /** Every line of every delivery, those that then failed or were refused included. */
    final List<String> got = Collections.synchronizedList(new ArrayList<>());
    /** How many lines each delivery had. */
    final List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());

    final Deque<Act> onOpen = new ArrayDeque<>();
    final Deque<Act> onDeliver = new ArrayDeque<>();
    volatile Act onClose = () -> {};
    /** What it will never take. */
    volatile Predicate<String> refuses = line -> false;
    /** As {@link #refuses}, but told of the whole batch alone, as a destination does that cannot answer for each line. */
    volatile Predicate<String> refusesBatchesWith = line -> false;
    /** At most so many lines are settled at once. */
    volatile int settles = Integer.MAX_VALUE;
    /** A larger batch, each line with its line break, is too large. */
    volatile int maxBytes = Integer.MAX_VALUE;

    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();

    static Act failing(String message) {
        return failing(new IOException(message));
    }

    static Act failing(Exception failure) {
        return () -> {
            throw failure;
        };
    }

    @Override
    public Destination open(LogIdentity log) throws IOException {
        play(onOpen);
        opened.incrementAndGet();
        return new Connection();
    }

    private static void play(Deque<Act> script) throws IOException {
        Act act = script.poll();
        if (act != null) {
            play(act);
        }
    }

    private static void play(Act act) throws IOException {
        try {
            act.play();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    @Override
    public String toString() {
        return "a fake";
    }

    private final class Connection implements Destination {
        @Override
        public Delivery deliver(List<ForwardedLine> lines) throws IOException {
            sizes.add(lines.size());
            int bytes = lines.stream().mapToInt(line -> line.json().length + 1).sum();
            if (bytes > maxBytes) {
                throw new BatchTooLargeException("%d bytes are too many".formatted(bytes));
            }
            List<String> texts = lines.stream()
                    .map(line -> new String(line.json(), StandardCharsets.UTF_8))
                    .toList();
            if (texts.stream().anyMatch(refusesBatchesWith)) {
                throw new BatchTooLargeException("a line of these is no good");
            }
            got.addAll(texts);
            play(onDeliver);
            int settled = Math.min(settles, lines.size());
            List<Refusal> refusals = new ArrayList<>();
            for (int i = 0; i < settled; i++) {
                if (refuses.test(texts.get(i))) {
                    refusals.add(new Refusal(i, "no such thing as " + texts.get(i)));
                }
            }
            return new Delivery(settled, refusals);
        }

        @Override
        public void close() throws IOException {
            closed.incrementAndGet();
            play(onClose);
        }
    }
}
