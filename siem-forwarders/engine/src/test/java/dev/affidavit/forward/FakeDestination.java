package dev.affidavit.forward;

import dev.affidavit.spi.Delivery;
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

/** A destination that does what a script says, and keeps what it got. One connection at a time. */
final class FakeDestination implements DestinationFactory {
    /** One call of the engine; may fail. */
    interface Act {
        void play() throws Exception;
    }

    /** Every line of every delivery, those that then failed included. */
    final List<String> got = Collections.synchronizedList(new ArrayList<>());

    final Deque<Act> onOpen = new ArrayDeque<>();
    final Deque<Act> onDeliver = new ArrayDeque<>();
    volatile Act onClose = () -> {};
    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();

    static Act failing(String message) {
        return () -> {
            throw new IOException(message);
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
            lines.forEach(line -> got.add(new String(line.json(), StandardCharsets.UTF_8)));
            play(onDeliver);
            return Delivery.ofAll(lines);
        }

        @Override
        public void close() throws IOException {
            closed.incrementAndGet();
            play(onClose);
        }
    }
}
