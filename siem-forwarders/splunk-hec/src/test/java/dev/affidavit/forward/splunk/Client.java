package dev.affidavit.forward.splunk;

import dev.affidavit.config.ConfigNode;
import dev.affidavit.config.Options;
import dev.affidavit.config.Problems;
import dev.affidavit.spi.Delivery;
import dev.affidavit.spi.Destination;
import dev.affidavit.spi.ForwardedLine;
import dev.affidavit.spi.LogIdentity;
import dev.affidavit.testkit.SampleLog;
import dev.affidavit.testkit.splunk.FakeSplunk;
import dev.affidavit.testkit.splunk.HecEvent;
import dev.affidavit.testkit.splunk.HecSetup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The destination as a test opens it, in a time of its own. */
final class Client implements AutoCloseable {
    private static final LogIdentity LOG = new LogIdentity("00ff", "payments", "host1");

    private final FakeTime time = new FakeTime();
    private final HecFactory factory;
    private Destination destination;

    /** @param options beside the token */
    Client(Map<String, String> options) throws IOException {
        System.setProperty(FakeUnderTest.TOKEN_PROPERTY, HecSetup.TOKEN);
        Map<String, String> values = new HashMap<>(options);
        values.putIfAbsent("connectTimeout", "1m"); // no test is about it
        values.put("token", "sys:" + FakeUnderTest.TOKEN_PROPERTY);
        Problems problems = new Problems();
        HecFactory configured = (HecFactory) new HecProvider()
                .configure(new Options(new ConfigNode("AuditForwarder", values, List.of()), "", problems));
        if (!problems.all().isEmpty()) {
            throw new AssertionError(problems.all());
        }
        this.factory = new HecFactory(configured.collector(), time.surroundings());
        this.destination = factory.open(LOG);
    }

    static Client of(FakeSplunk splunk, String... more) throws IOException {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < more.length; i += 2) {
            options.put(more[i], more[i + 1]);
        }
        options.putIfAbsent("url", splunk.url());
        return new Client(options);
    }

    FakeTime time() {
        return time;
    }

    Destination destination() {
        return destination;
    }

    Delivery deliver(int from, int to) throws IOException {
        return destination.deliver(lines(from, to));
    }

    /** As the engine does after a failure. */
    void reopen() throws IOException {
        destination.close();
        destination = factory.open(LOG);
    }

    static List<ForwardedLine> lines(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(SampleLog::event)
                .map(event -> new ForwardedLine(event.getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    static List<String> events(int from, int to) {
        return IntStream.range(from, to).mapToObj(SampleLog::event).toList();
    }

    static List<String> indexed(FakeSplunk splunk) {
        return splunk.indexed().stream()
                .map(HecEvent::event)
                .map(event -> new String(event, StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public void close() throws IOException {
        destination.close();
    }
}
