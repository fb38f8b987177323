package dev.affidavit.testkit.appender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.affidavit.config.OnFailure;
import dev.affidavit.spi.ShutdownHandler;
import dev.affidavit.testkit.ChildJvm;
import dev.affidavit.testkit.appender.Calls.Caller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** JVMs that end, by themselves, by a signal or because an event cannot be recorded, and calls that are made meanwhile. */
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class EndingContract {
    /** Well below the receipt time-out: a call that is certain to fail must not wait for it. */
    private static final long PROMPT_MILLIS = 60_000;

    private static final int SIGTERM_STATUS = 128 + 15;
    private static final int HALT_STATUS = 74;
    private static final int ANSWERS_BEFORE_THE_SIGNAL = 500;
    private static final int CAMPAIGN_ROUNDS = 10;

    @TempDir
    private Path temporary;

    private final FrameworkUnderTest framework;
    /** Stops the framework, as the shutdown hook of an application may do. */
    private final Class<? extends Runnable> stop;

    private int children;

    protected EndingContract(FrameworkUnderTest framework, Class<? extends Runnable> stop) {
        this.framework = framework;
        this.stop = stop;
    }

    /** Who stops the framework when the JVM ends. */
    enum Stopped {
        BY_ITSELF,
        BY_THE_APPLICATION,
        BY_NOBODY
    }

    // A failure that ends the application

    @ParameterizedTest
    @EnumSource
    void shouldHaltWithAMessageAndWithoutHooks(Caller caller) throws IOException {
        EndingRun run = EndingRun.of(unusable(setup()).argument("hook").argument(argument(caller)), temporary);

        assertThat(run.status()).as(run.toString()).isEqualTo(HALT_STATUS);
        assertThat(run.answers()).isEmpty();
        assertThat(run.errors())
                .contains("Audit logging failed and onFailure is shutdown: ending the application. ")
                .contains(temporary.resolve("log").toString());
    }

    /** Each waits for a shutdown hook of the framework, which waits for the queue, whose thread could not record. */
    Stream<String> queues() {
        return Stream.concat(Stream.of(""), framework.queues().stream());
    }

    @ParameterizedTest
    @MethodSource("queues")
    void shouldEndAsTheHandlerSays(String queue) throws IOException {
        ChildJvm.Builder program = unusable(setup().behind(queue).hooked()).with(handler());

        EndingRun run = EndingRun.of(program.argument("plain").argument("audit"), temporary);

        assertThat(run.status()).as(run.toString()).isEqualTo(ExitingShutdownHandler.STATUS);
    }

    @Test
    void shouldEndThoughTheHandlerIsCalledInAHook() throws IOException {
        ChildJvm.Builder program = unusable(setup()).with(handler());

        EndingRun run = EndingRun.of(program.argument("hook").argument("exit"), temporary);

        assertThat(run.status()).as(run.toString()).isZero();
        assertThat(run.answers()).hasSize(2 * EndingProgram.CALLS_OF_A_HOOK).noneMatch(Answer::returned);
    }

    // Calls while the JVM ends

    static Stream<Arguments> someEnds() {
        return Stream.of(
                arguments(Stopped.BY_ITSELF, "", "written", false),
                arguments(Stopped.BY_THE_APPLICATION, "", "synced", true));
    }

    @ParameterizedTest
    @MethodSource("someEnds")
    void shouldHaveWhatReturnedUnderLoad(Stopped stopped, String queue, String durability, boolean isSignalled) {
        endUnderLoad(stopped, queue, durability, isSignalled);
    }

    Stream<Arguments> allEnds() {
        List<Arguments> all = new ArrayList<>();
        for (Stopped stopped : Stopped.values()) {
            for (String queue : queues().toList()) {
                for (String durability : List.of("written", "synced")) {
                    all.add(arguments(stopped, queue, durability, true));
                    all.add(arguments(stopped, queue, durability, false));
                }
            }
        }
        return all.stream();
    }

    @Tag("campaign")
    @Timeout(600)
    @ParameterizedTest
    @MethodSource("allEnds")
    void shouldHaveWhatReturnedUnderLoadInManyRounds(
            Stopped stopped, String queue, String durability, boolean isSignalled) {
        for (int i = 0; i < CAMPAIGN_ROUNDS; i++) {
            endUnderLoad(stopped, queue, durability, isSignalled);
        }
    }

    private void endUnderLoad(Stopped stopped, String queue, String durability, boolean isSignalled) {
        Path directory = temporary.resolve("log-" + children++);
        Setup setup = Setup.in(directory).with("durability", durability).behind(queue);
        ChildJvm.Builder program = program(setup, stopped).argument("load");

        EndingRun run = isSignalled
                ? EndingRun.of(program.argument("wait"), temporary, ANSWERS_BEFORE_THE_SIGNAL)
                : EndingRun.of(program.argument("exit"), temporary);

        assertThat(run.status()).as(run.toString()).isEqualTo(isSignalled ? SIGTERM_STATUS : 0);
        LogFile log = new LogFile(directory);
        run.requireRecorded(log, Caller.AUDIT_LOGGER, false);
        int missing = run.requireRecorded(log, Caller.PLAIN_LOGGER, true);
        requirePrompt(run);
        System.out.printf(
                "%s: ended %s under load, stopped %s, %s, %s: AuditLogger: %d calls, %d threw; plain: %d calls, %d threw,"
                        + " %d returned without a record%n",
                framework.getClass().getSimpleName(),
                isSignalled ? "by SIGTERM" : "by exit",
                stopped,
                queue.isEmpty() ? "no queue" : queue,
                durability,
                run.of(Caller.AUDIT_LOGGER).size(),
                run.threw(Caller.AUDIT_LOGGER),
                run.of(Caller.PLAIN_LOGGER).size(),
                run.threw(Caller.PLAIN_LOGGER),
                missing);
        if (stopped == Stopped.BY_NOBODY && queue.isEmpty()) {
            assertThat(missing).isZero();
            assertThat(run.threw(Caller.AUDIT_LOGGER)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldAnswerEveryCallOfAHook(Stopped stopped) {
        ChildJvm.Builder program = program(setup(), stopped).argument("audit").argument("hook");
        if (stopped != Stopped.BY_NOBODY) {
            program.argument("late-hook");
        }

        EndingRun run = EndingRun.of(program.argument("exit"), temporary);

        assertThat(run.status()).as(run.toString()).isZero();
        LogFile log = new LogFile(temporary.resolve("log"));
        run.requireRecorded(log, Caller.AUDIT_LOGGER, false);
        int missing = run.requireRecorded(log, Caller.PLAIN_LOGGER, true);
        requirePrompt(run);
        if (stopped == Stopped.BY_NOBODY) {
            assertThat(missing).isZero();
            assertThat(run.answers()).allMatch(Answer::returned);
        } else {
            assertThat(run.of(Caller.AUDIT_LOGGER))
                    .filteredOn(answer -> answer.where().equals("late-hook"))
                    .hasSize(EndingProgram.CALLS_OF_A_HOOK)
                    .noneMatch(Answer::returned);
        }
    }

    private static void requirePrompt(EndingRun run) {
        assertThat(run.answers())
                .filteredOn(answer -> !answer.returned())
                .allSatisfy(answer -> assertThat(answer.millis()).isLessThan(PROMPT_MILLIS));
        assertThat(run.of(Caller.AUDIT_LOGGER))
                .filteredOn(answer -> !answer.returned())
                .allSatisfy(answer -> assertThat(answer.failure()).contains("was shut down"));
    }

    private Setup setup() {
        return Setup.in(temporary.resolve("log"));
    }

    private ChildJvm.Builder program(Setup setup, Stopped stopped) {
        ChildJvm.Builder program = framework.program(
                EndingProgram.class, stopped == Stopped.BY_ITSELF ? setup.hooked() : setup, temporary);
        return stopped == Stopped.BY_THE_APPLICATION ? program.argument(stop.getName()) : program;
    }

    /** A program that is to end when it cannot record, and cannot. */
    private ChildJvm.Builder unusable(Setup setup) throws IOException {
        Files.writeString(temporary.resolve("log"), "a file where the directory should be");
        return framework
                .program(EndingProgram.class, setup.onFailure(OnFailure.SHUTDOWN), temporary)
                .without("test-classes"); // there is a handler that ends nothing
    }

    private static String argument(Caller caller) {
        return caller == Caller.AUDIT_LOGGER ? "audit" : "plain";
    }

    /** A place of the class path that names a handler which exits. */
    private Path handler() throws IOException {
        Path services = Files.createDirectories(temporary.resolve("handler/META-INF/services"));
        Files.writeString(services.resolve(ShutdownHandler.class.getName()), ExitingShutdownHandler.class.getName());
        return temporary.resolve("handler");
    }
}
