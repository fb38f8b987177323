package dev.affidavit.forward;

import static dev.affidavit.forward.TestEngine.await;
import static dev.affidavit.forward.TestEngine.forwarder;
import static dev.affidavit.forward.TestEngine.statistics;
import static dev.affidavit.forward.TestEngine.threadOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.spi.Decrypter;
import dev.affidavit.spi.ForwarderState;
import dev.affidavit.spi.ForwarderWatch;
import dev.affidavit.spi.Forwarding;
import dev.affidavit.spi.ForwardingEngine;
import dev.affidavit.spi.LogIdentity;
import dev.affidavit.store.LogOptions;
import dev.affidavit.store.SealOptions;
import dev.affidavit.testkit.SampleLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several forwarders at work. */
@Timeout(300)
final class EngineTest {
    private final FakeDestination first = new FakeDestination();
    private final FakeDestination second = new FakeDestination();

    @TempDir
    Path directory;

    private TestEngine engine;

    @BeforeEach
    void open() {
        engine = new TestEngine(directory);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void shouldBeFoundByTheServiceLoader() {
        Engine.class.getModule().addUses(ForwardingEngine.class);

        assertThat(ServiceLoader.load(ForwardingEngine.class)).hasAtLeastOneElementOfType(Engine.class);
    }

    @Test
    void shouldTakeNothingFromTheThreadThatStartsIt() {
        try (Forwarding forwarding = engine.start(forwarder("soc", first))) {
            Thread thread = threadOf("soc").orElseThrow();
            assertThat(thread.isDaemon()).isTrue();
            assertThat(thread.getContextClassLoader()).isSameAs(Engine.class.getClassLoader());
            assertThat(forwarding.statistics()).hasSize(1);
        }
    }

    /** Its seals stand among its files, and come and go with them. */
    @Test
    void shouldFollowALogThatIsSealed() throws IOException {
        LogOptions options = LogOptions.in(directory.resolve("sealed"))
                .maxSegmentBytes(10_000)
                .forceAfterLines(1)
                .seal(new SealOptions("a", Duration.ofMillis(1), Duration.ofMinutes(10)))
                .build();
        try (SampleLog sealed = SampleLog.with(options);
                Forwarding forwarding = new Engine()
                        .start(
                                sealed.directory(),
                                new LogIdentity(sealed.id(), "", "host1"),
                                () -> Decrypter.WITHOUT_KEYS,
                                List.of(forwarder("soc", first)),
                                engine.status,
                                ForwarderWatch.NONE)) {
            sealed.appendEvents(0, 500);
            await("it has all", () -> first.got.size() == 500);
            await("nothing is left", () -> statistics(forwarding, "soc").lagBytes() == 0);
        }

        assertThat(first.got)
                .isEqualTo(IntStream.range(0, 500).mapToObj(SampleLog::event).toList());
        try (Stream<Path> files = Files.list(options.directory())) {
            assertThat(files.filter(file -> file.toString().endsWith(".seal"))).hasSizeGreaterThan(5);
        }
    }

    @Test
    void shouldFollowALogWithSeveralForwardersAtOnce() {
        try (Forwarding forwarding = engine.start(forwarder("soc", first), forwarder("siem", second))) {
            engine.append(3000);
            await("both have all", () -> first.got.size() == 3000 && second.got.size() == 3000);
            assertThat(forwarding.statistics()).extracting("name").containsExactly("soc", "siem");
        }

        assertThat(first.got).isEqualTo(second.got);
    }

    @Test
    void shouldNotLetOneDestinationDisturbAnother() {
        engine.stopLimits = TestEngine.IMPATIENT;
        FakeDestination hanging = new FakeDestination();
        hanging.onDeliver.add(engine::hang);
        FakeDestination failing = new FakeDestination();
        for (int i = 0; i < 1000; i++) {
            failing.onOpen.add(() -> {
                throw new StackOverflowError("a bug");
            });
        }
        FakeDestination refusing = new FakeDestination();
        refusing.refuses = line -> true;
        Forwarding forwarding = engine.start(
                forwarder("hanging", hanging),
                forwarder("failing", failing),
                forwarder("refusing", refusing),
                forwarder("soc", first));
        engine.append(2000);

        await("the one has all", () -> engine.cursorOf("soc") == 2000);
        await("the other refused all", () -> statistics(forwarding, "refusing").refused() == 2000);
        await("one fails", () -> statistics(forwarding, "failing").failures() > 0);
        assertThat(first.got).hasSize(2000);
        assertThat(statistics(forwarding, "hanging").delivered()).isZero();
        assertThat(statistics(forwarding, "failing").state()).isEqualTo(ForwarderState.RETRYING);
        assertThat(statistics(forwarding, "failing").lastError()).isEqualTo("a bug");
        assertThat(DeadLetters.of(directory).count("refusing")).isEqualTo(2000);
        forwarding.close();
    }

    @Test
    void shouldStartOnlyThoseAnewWhoseConfigurationChanged() {
        FakeDestination third = new FakeDestination();
        try (Forwarding forwarding =
                engine.start(forwarder("soc", first), forwarder("siem", second), forwarder("gone", third))) {
            engine.append(10);
            await("all have all", () -> first.got.size() == 10 && second.got.size() == 10 && third.got.size() == 10);
            Thread undisturbed = threadOf("soc").orElseThrow();
            FakeDestination other = new FakeDestination();

            forwarding.change(engine.identity(), List.of(forwarder("siem", other), forwarder("soc", first)));
            engine.append(5);
            await("one has the rest", () -> statistics(forwarding, "soc").delivered() == 15);
            await("the other, too", () -> statistics(forwarding, "siem").delivered() == 5);

            assertThat(threadOf("soc")).contains(undisturbed);
            assertThat(threadOf("gone")).isEmpty();
            assertThat(first.opened.get()).isEqualTo(1);
            assertThat(second.closed.get()).isEqualTo(1);
            assertThat(forwarding.statistics()).extracting("name").containsExactly("siem", "soc");
            assertThat(statistics(forwarding, "soc").delivered()).isEqualTo(15);
        }
    }

    @Test
    void shouldStartAllAnewForALogOfAnotherName() {
        try (Forwarding forwarding = engine.start(forwarder("soc", first))) {
            engine.append(1);
            await("the line", () -> first.got.size() == 1);

            forwarding.change(new LogIdentity(engine.log.id(), "payments", "host1"), List.of(forwarder("soc", first)));
            engine.append(1);
            await("the next line", () -> first.got.size() == 2);

            assertThat(first.opened.get()).isEqualTo(2);
        }
    }

    @Test
    void shouldTakeOverFromOneThatHangsWhenItsConfigurationIsChanged() {
        engine.stopLimits = TestEngine.IMPATIENT;
        first.onDeliver.add(engine::hang);
        engine.append(3);
        try (Forwarding forwarding = engine.start(forwarder("soc", first))) {
            await("a delivery", () -> first.got.size() == 3);

            forwarding.change(engine.identity(), List.of(forwarder("soc", second)));
            await("the other has all", () -> second.got.size() == 3);

            await("its cursor", () -> engine.cursorOf("soc") == 3);
            engine.release();
            engine.append(2);
            await("the rest", () -> second.got.size() == 5);
            assertThat(first.got).hasSize(3);
        }
    }

    @Test
    void shouldLetOneOfTwoEnginesSendAndTheOtherTakeOver() {
        try (Forwarding waiting = engine.start()) {
            Forwarding sending = engine.start(forwarder("soc", first));
            engine.append(3);
            await("the lines", () -> first.got.size() == 3);

            waiting.change(engine.identity(), List.of(forwarder("soc", second)));
            await("the alarm", () -> statistics(waiting, "soc").state() == ForwarderState.MISCONFIGURED);
            engine.append(2);
            await("the next lines", () -> first.got.size() == 5);
            assertThat(second.got).isEmpty();

            sending.close();
            engine.append(2);
            await("the other takes over", () -> second.got.size() == 2);
            await("that is told", () -> engine.status.messages().size() == 2);
        }
    }
}
