package dev.affidavit.testkit.appender;

import dev.affidavit.testkit.ChildJvm;
import dev.affidavit.testkit.Deadline;
import dev.affidavit.testkit.appender.Calls.Caller;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * An {@link EndingProgram} that came to its end.
 *
 * @param status that the JVM exited with
 * @param answers what came of its calls
 * @param errors what it wrote to standard error
 */
record EndingRun(int status, List<Answer> answers, String errors) {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** Starts the program and waits for its end. */
    static EndingRun of(ChildJvm.Builder program, Path directory) {
        return of(program, directory, 0);
    }

    /** The same, but it is asked to end, with SIGTERM, when it has given so many answers; 0: never. */
    static EndingRun of(ChildJvm.Builder program, Path directory, int answersBeforeTheSignal) {
        try {
            Path output = Files.createTempFile(directory, "child", ".out");
            Path errors = Files.createTempFile(directory, "child", ".err");
            try (ChildJvm child = program.start(output, errors)) {
                if (answersBeforeTheSignal > 0) {
                    Deadline.await(
                            "answers",
                            LIMIT,
                            () -> Answer.in(output).size() >= answersBeforeTheSignal || !child.isAlive());
                    child.terminate();
                }
                int status = child.awaitExit(LIMIT);
                return new EndingRun(status, Answer.in(output), Files.readString(errors));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Checks that the log has every event whose call returned, and none whose call threw; each once.
     *
     * @param caller whose calls
     * @param mayMiss whether calls that returned may be without an event
     * @return how many of these there are
     */
    int requireRecorded(LogFile log, Caller caller, boolean mayMiss) {
        Map<String, Integer> found = log.eventsByUser();
        int missing = 0;
        for (Answer answer : answers) {
            int times = found.getOrDefault(answer.name(), 0);
            if (answer.isOf(caller) && times != (answer.returned() ? 1 : 0)) {
                missing++;
                if (!mayMiss || times > 0) {
                    throw new AssertionError("%d times in the log: %s; %s".formatted(times, answer, this));
                }
            }
        }
        return missing;
    }

    List<Answer> of(Caller caller) {
        return answers.stream().filter(answer -> answer.isOf(caller)).toList();
    }

    long threw(Caller caller) {
        return of(caller).stream().filter(answer -> !answer.returned()).count();
    }

    @Override
    public String toString() {
        return "status %d, %d answers; errors: %s".formatted(status, answers.size(), errors);
    }
}
