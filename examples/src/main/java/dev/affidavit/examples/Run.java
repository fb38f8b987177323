package dev.affidavit.examples;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import dev.affidavit.examples.shop.Shop;
import dev.affidavit.micrometer.AuditMetrics;
import dev.affidavit.store.Position;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/** One run, from the start of the receiver to the summary. True if the counts agree. */
final class Run implements Callable<Boolean> {
    /** How long a receiver that is there may take; much longer than it does. */
    private static final Duration DELIVERY_LIMIT = Duration.ofSeconds(30);

    private static final long LOOK_NANOS = Duration.ofMillis(20).toNanos();

    private final Options options;

    Run(Options options) {
        this.options = options;
    }

    @Override
    public Boolean call() throws Exception {
        try (Receiver receiver = Receiver.start()) {
            Optional<Position> start = LogTail.end(options.directory());
            startLogging(receiver);
            try (AuditMetrics metrics = AuditMetrics.ofAllLogs()) {
                SimpleMeterRegistry meters = new SimpleMeterRegistry();
                metrics.bindTo(meters);
                return call(Trail.open(meters), receiver, start);
            } finally {
                options.framework().stop(); // before the receiver is gone
            }
        }
    }

    private boolean call(Optional<Trail> opened, Receiver receiver, Optional<Position> start)
            throws IOException, InterruptedException {
        Trail trail = opened.orElseThrow(
                () -> new IllegalStateException("no audit log was opened; the messages above say why"));
        say("Audit log: %s%nForwarded to: %s%n%n", trail.file(), receiver);
        try (LogTail tail = LogTail.follow(trail.directory(), start, this::print)) {
            long requests = openShop();
            List<String> lines = awaitDelivery(tail, receiver);
            Reckoning reckoning = Reckoning.of(requests, lines, trail.counts(), receiver.messages());
            Summary summary = new Summary(options, reckoning, trail, receiver);
            System.out.println(options.json() ? summary.json() : "\n" + summary.text());
            return reckoning.agrees();
        }
    }

    /** The configurations of both frameworks read these properties. */
    private void startLogging(Receiver receiver) {
        System.setProperty("audit.directory", options.directory().toString());
        System.setProperty("audit.syslog.port", Integer.toString(receiver.port()));
        if (!options.framework().start()) {
            throw new IllegalStateException(options.framework() + " is not the framework on the class path");
        }
    }

    /** Opens the shop until the traffic has passed, or a person says so. Gives back how many requests it had. */
    private long openShop() throws IOException, InterruptedException {
        People people = new People();
        ManualTime time = new ManualTime();
        try (Shop shop =
                Shop.open(options.port(), people.accounts(), options.serve() ? InstantSource.system() : time)) {
            if (options.serve()) {
                serve(shop, people);
            } else {
                new Traffic(new Web(shop.uri()), people, time, shop::keepHouse).pass();
            }
            return shop.requests();
        }
    }

    private void serve(Shop shop, People people) throws IOException, InterruptedException {
        say("%nWho can log in:%n");
        people.all().forEach(person -> say("  %-13s %-14s %s%n", person.name(), person.role(), person.password()));
        say("""

                  curl -c jar -d username=anna -d password=%1$s %2$s/login
                  curl -b jar -d item=book -d cents=990 %2$s/orders
                  curl -b jar -H 'User-Agent: somebody else' %2$s/orders

                """, people.anna.password(), shop.uri());
        say("Press Enter to close the shop.%n%n");
        if (System.in.read() < 0) {
            new CountDownLatch(1).await(); // no terminal: until the process is ended
        }
    }

    /** Waits until the receiver has all lines of the log, or for a while. Gives back the lines. */
    private static List<String> awaitDelivery(LogTail tail, Receiver receiver) {
        List<String> lines = tail.lines();
        long end = System.nanoTime() + DELIVERY_LIMIT.toNanos();
        while (!receiver.messages().containsAll(lines) && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(LOOK_NANOS);
            lines = tail.lines();
        }
        return lines;
    }

    private void print(String line) {
        say("%s%n", EventText.of(line));
    }

    @FormatMethod
    private void say(@FormatString String format, Object... values) {
        if (!options.json()) {
            System.out.printf(format, values);
        }
    }
}
