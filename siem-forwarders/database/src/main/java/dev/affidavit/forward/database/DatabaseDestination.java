package dev.affidavit.forward.database;

import dev.affidavit.spi.Delivery;
import dev.affidavit.spi.Destination;
import dev.affidavit.spi.ForwardedLine;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An open table. A batch is one transaction, and its commit is the receipt. If the database refuses something in it, its halves are
 * stored by themselves, and theirs, until the row that is refused is alone.
 */
final class DatabaseDestination implements Destination {
    /** What a server may take to say goodbye. */
    private static final Duration CLOSE_LIMIT = Duration.ofMillis(500);

    private final RowReader reader;
    private final DatabaseThread thread;
    private final Session session;
    private final Failures failures;
    private final Duration limit;
    private final Stride stride;
    private final AtomicBoolean closed = new AtomicBoolean();

    DatabaseDestination(RowReader reader, DatabaseThread thread, Session session, Failures failures, Duration limit) {
        this.reader = reader;
        this.thread = thread;
        this.session = session;
        this.failures = failures;
        this.limit = limit;
        this.stride = new Stride(limit);
    }

    @Override
    public Delivery deliver(List<ForwardedLine> lines) throws IOException {
        List<Row> rows =
                stride.of(lines).stream().map(line -> reader.read(line.json())).toList();
        List<Delivery.Refusal> refusals = new ArrayList<>();
        long from = System.nanoTime();
        store(rows, 0, refusals);
        stride.took(System.nanoTime() - from);
        return new Delivery(rows.size(), refusals);
    }

    /** @param first index of the first row in the batch */
    private void store(List<Row> rows, int first, List<Delivery.Refusal> refusals) throws IOException {
        try {
            thread.call(
                    () -> {
                        session.writer().insert(rows);
                        return true;
                    },
                    limit);
        } catch (SQLException e) {
            if (!failures.isOfTheData(e)) {
                throw failures.explained(e);
            }
            if (rows.size() == 1) {
                refusals.add(new Delivery.Refusal(first, failures.text(e)));
                return;
            }
            int half = rows.size() / 2;
            store(rows.subList(0, half), first, refusals);
            store(rows.subList(half, rows.size()), first + half, refusals);
        }
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        Duration patience = thread.isBusy() ? Duration.ZERO : CLOSE_LIMIT;
        if (!thread.end(this::disconnect, patience)) {
            // Closing a socket under TLS can wait for who writes to it: so that is left to a thread of its own.
            DatabaseThread.daemon(this::cut).start();
        }
    }

    private void disconnect() {
        try {
            session.close();
        } catch (SQLException e) {
            // It was of no use any more, and what it was given is sent again.
        }
    }

    private void cut() {
        try {
            session.writer().cut();
        } catch (SQLException e) {
            // As above.
        }
    }
}
