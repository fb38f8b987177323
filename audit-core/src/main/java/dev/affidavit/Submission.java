package dev.affidavit;

import dev.affidavit.PendingReceipt.Answer;
import dev.affidavit.spi.AuditBackend;
import dev.affidavit.trail.AuditSink;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One {@link AuditLogger} call on its way to a receipt. */
final class Submission {
    /** The first wait for an answer; it doubles up to the longest, so that a full queue is not filled with repeats. */
    private static final Duration FIRST_WAIT = Duration.ofMillis(5);

    private static final Duration LONGEST_WAIT = Duration.ofMillis(500);

    /** Longer than any process lives; its nanoseconds fit into a long. */
    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    private final @Nullable AuditBackend backend;
    private final String logger;
    private final AuditEvent event;
    private final PendingReceipt receipt;
    private final Duration timeout;
    private @Nullable RuntimeException thrown;

    Submission(
            @Nullable AuditBackend backend, String logger, AuditEvent event, PendingReceipt receipt, Duration timeout) {
        this.backend = backend;
        this.logger = logger;
        this.event = event;
        this.receipt = receipt;
        this.timeout = timeout;
    }

    /** @throws AuditException if there is no answer in time, or a bad one */
    void run() {
        if (backend == null) {
            throw notRecorded(List.of("no logging framework: put affidavit-logback with logback-classic, or"
                    + " affidavit-log4j2 with log4j-core, on the class path"));
        }
        Answer answer = submit(backend);
        if (answer == Answer.NONE) {
            answer = receipt.withdraw();
        }
        switch (answer) {
            case RECORDED, LOST -> {}
            case FAILED -> throw failure();
            case NONE -> throw notRecorded(obstacles(backend));
        }
    }

    private Answer submit(AuditBackend to) {
        log(to);
        Answer answer = receipt.answer();
        return answer == Answer.NONE ? repeat(to) : answer;
    }

    private Answer repeat(AuditBackend to) {
        long deadline = System.nanoTime() + (timeout.compareTo(FOR_EVER) < 0 ? timeout : FOR_EVER).toNanos();
        Duration wait = FIRST_WAIT;
        while (true) {
            Answer answer = receipt.answer();
            if (answer != Answer.NONE) {
                return answer;
            }
            long left = deadline - System.nanoTime();
            if (left <= 0 || to.isShutDown() || AuditSink.isAtWorkOnThisThread()) {
                return answer;
            }
            answer = receipt.await(Duration.ofNanos(Math.min(wait.toNanos(), left)));
            if (answer != Answer.NONE) {
                return answer;
            }
            wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
            log(to);
        }
    }

    /**
     * What the framework throws is no answer: an appender that is being replaced throws too, and so do the appenders of
     * others. It is told if no answer comes. The interrupt flag is put aside: a queue that is full takes no event from a
     * thread that has it.
     */
    private void log(AuditBackend to) {
        boolean interrupted = Thread.interrupted();
        try {
            to.log(logger, event.effectiveSeverity(), event);
        } catch (RuntimeException e) {
            thrown = e;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private List<String> obstacles(AuditBackend of) {
        if (of.isShutDown()) {
            return List.of(of.name() + " was shut down");
        }
        if (AuditSink.isAtWorkOnThisThread()) {
            return List.of(
                    "it was logged by a value of another event, which this thread is recording, and %s takes no event there;"
                                    .formatted(of.name())
                            + " let the value's toString record nothing");
        }
        try {
            return of.obstacles(logger, event.effectiveSeverity(), event);
        } catch (RuntimeException | LinkageError e) { // filters are asked, and they may be anybody's
            return List.of("why could not be found out: " + e);
        }
    }

    private AuditException failure() {
        AuditException cause = receipt.failure();
        return cause == null
                ? new AuditException("audit event %s not recorded".formatted(event.type()))
                : new AuditException(String.valueOf(cause.getMessage()), cause);
    }

    private AuditException notRecorded(List<String> causes) {
        String likely = String.join("; ", causes);
        if (thrown != null) {
            likely = "logging it failed with " + thrown + (likely.isEmpty() ? "" : "; " + likely);
        }
        if (likely.isEmpty()) {
            likely = "no audit appender confirmed it, and nothing in the configuration says why; is an audit appender"
                    + " attached to the logger, and does a queue in front of it keep events longer than that?";
        }
        return new AuditException(
                "audit event %s to logger '%s' not recorded within %s: %s"
                        .formatted(event.type(), logger, timeout, likely),
                thrown);
    }
}
