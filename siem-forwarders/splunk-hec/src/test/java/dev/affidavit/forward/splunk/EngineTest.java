package dev.affidavit.forward.splunk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.testkit.Deadline;
import dev.affidavit.testkit.RecordingStatus;
import dev.affidavit.testkit.SampleLog;
import dev.affidavit.testkit.delivery.RunningForwarder;
import dev.affidavit.testkit.splunk.FakeSplunk;
import dev.affidavit.testkit.splunk.HecReply;
import dev.affidavit.testkit.splunk.HecSetup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a log, under the engine, where Splunk refuses a part of it. */
@Timeout(180)
final class EngineTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int EVENTS = 2500;

    @TempDir
    Path directory;

    /** @return how many requests it took */
    private int forward(HecSetup setup, int refused, Map<String, String> more) {
        try (FakeSplunk splunk = FakeSplunk.start(setup);
                SampleLog log = SampleLog.in(directory)) {
            return forward(splunk, log, refused, more);
        }
    }

    private static int forward(FakeSplunk splunk, SampleLog log, int refused, Map<String, String> more) {
        System.setProperty(FakeUnderTest.TOKEN_PROPERTY, HecSetup.TOKEN);
        Map<String, String> options = new HashMap<>(more);
        options.put("token", "sys:" + FakeUnderTest.TOKEN_PROPERTY);
        options.putIfAbsent("url", splunk.url());
        log.appendEvents(0, EVENTS);
        try (RunningForwarder forwarder =
                RunningForwarder.start(log.directory(), log.id(), new HecProvider(), options, new RecordingStatus())) {
            Deadline.await(
                    "all are settled",
                    SOON,
                    () -> forwarder.statistics().delivered()
                                    + forwarder.statistics().refused()
                            == EVENTS);
            assertThat(forwarder.statistics().refused()).isEqualTo(refused);
        }
        assertThat(splunk.violations()).isEmpty();
        return splunk.submissions().size();
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void shouldLeaveOutTheBadEventsAlone(String ack) {
        List<Integer> bad = List.of(0, 57, 58, 1000, EVENTS - 1);
        HecSetup setup = new HecSetup()
                .refuse(
                        6,
                        event -> bad.stream()
                                .anyMatch(number -> SampleEvents.number(number).test(event)));
        if (ack.equals("true")) {
            setup.useAck(0);
        }
        try (FakeSplunk splunk = FakeSplunk.start(setup);
                SampleLog log = SampleLog.in(directory)) {
            forward(splunk, log, bad.size(), Map.of("ack", ack));

            List<String> good = new ArrayList<>(Client.events(0, EVENTS));
            bad.forEach(number -> good.remove(SampleLog.event(number)));
            assertThat(Client.indexed(splunk)).as("once and in order").isEqualTo(good);
        }
    }

    @Test
    void shouldSendLessAtOnceWhereSplunkCloudTakesNoMore() {
        assertThat(forward(new HecSetup().cloudLimit(100_000), 0, Map.of()))
                .as("few are sent in vain")
                .isBetween(20, 60);
    }

    @Test
    void shouldSendLessAtOnceWhereABodyIsTooLarge() {
        assertThat(forward(new HecSetup().maxContentLength(100_000), 0, Map.of("compression", "none")))
                .as("few are sent in vain")
                .isBetween(20, 60);
    }

    @Test
    void shouldSendLessAtOnceToWhoHangsUpOnWhatIsTooLarge() {
        try (FakeSplunk splunk = FakeSplunk.start();
                SampleLog log = SampleLog.in(directory)) {
            splunk.reactAlways("/services/collector/event", conversation -> {
                if (conversation.request().contentLength() > 200_000) {
                    conversation.replyUnread(HecReply.of(413, "too large"));
                    conversation.close();
                } else {
                    conversation.reply(splunk.take(conversation));
                }
            });
            forward(splunk, log, 0, Map.of("compression", "none"));

            assertThat(Client.indexed(splunk)).isEqualTo(Client.events(0, EVENTS));
        }
    }

    @Test
    void shouldGoOnAtTheNextEndpointWhereOneRefusesThisClient() {
        try (FakeSplunk refusing = FakeSplunk.start();
                FakeSplunk splunk = FakeSplunk.start();
                SampleLog log = SampleLog.in(directory)) {
            refusing.reactAlways("/services", conversation -> conversation.reply(HecReply.ofCode(403, 4)));
            forward(splunk, log, 0, Map.of("url", refusing.url() + "," + splunk.url()));

            assertThat(Client.indexed(splunk)).isEqualTo(Client.events(0, EVENTS));
        }
    }
}
