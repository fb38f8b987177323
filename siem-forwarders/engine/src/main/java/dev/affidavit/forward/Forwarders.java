package dev.affidavit.forward;

import dev.affidavit.spi.ForwarderStatistics;
import dev.affidavit.spi.Forwarding;
import java.time.Duration;
import java.util.List;

/** The forwarders of one log. Thread-safe. */
final class Forwarders implements Forwarding {
    /** Of the 2 s that stopping may take, for delivering what can be read. */
    static final Duration LAST_DELIVERY = Duration.ofMillis(1500);
    /** The rest of them, for a call that is cut short to return; a little less, so that it is 2 s with all. */
    static final Duration CUT = Duration.ofMillis(400);

    private final List<Forwarder> forwarders;

    Forwarders(List<Forwarder> forwarders) {
        this.forwarders = forwarders;
    }

    @Override
    public List<ForwarderStatistics> statistics() {
        return forwarders.stream().map(Forwarder::statistics).toList();
    }

    @Override
    public void close() {
        forwarders.forEach(Forwarder::requestStop);
        List<Forwarder> running = stillRunningAfter(LAST_DELIVERY, forwarders);
        running.forEach(Forwarder::cut);
        stillRunningAfter(CUT, running).forEach(Forwarder::abandon);
    }

    private static List<Forwarder> stillRunningAfter(Duration limit, List<Forwarder> forwarders) {
        long end = System.nanoTime() + limit.toNanos();
        return forwarders.stream()
                .filter(forwarder -> !forwarder.awaitEnd(Duration.ofNanos(Math.max(0, end - System.nanoTime()))))
                .toList();
    }
}
