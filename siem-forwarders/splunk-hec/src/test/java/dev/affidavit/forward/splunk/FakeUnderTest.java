package dev.affidavit.forward.splunk;

import dev.affidavit.spi.DestinationProvider;
import dev.affidavit.testkit.extension.DestinationUnderTest;
import dev.affidavit.testkit.splunk.FakeSplunk;
import dev.affidavit.testkit.splunk.HecEvent;
import dev.affidavit.testkit.splunk.HecReply;
import dev.affidavit.testkit.splunk.HecSetup;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The fake of Splunk, and options that reach it. */
final class FakeUnderTest implements DestinationUnderTest {
    static final String TOKEN_PROPERTY = "affidavit.test.hec.token";

    private final FakeSplunk splunk;
    private final Map<String, String> options;

    FakeUnderTest(HecSetup setup, Map<String, String> more) {
        System.setProperty(TOKEN_PROPERTY, HecSetup.TOKEN);
        this.splunk = FakeSplunk.start(setup);
        this.options = new HashMap<>(more);
        options.put("url", splunk.url());
        options.putIfAbsent("connectTimeout", "1m"); // however long the machine stands still
        options.put("token", "sys:" + TOKEN_PROPERTY);
    }

    @Override
    public DestinationProvider provider() {
        return new HecProvider();
    }

    @Override
    public Map<String, String> options() {
        return options;
    }

    @Override
    public boolean acknowledges() {
        return true;
    }

    @Override
    public List<byte[]> received() {
        return splunk.indexed().stream().map(HecEvent::event).toList();
    }

    @Override
    public int connections() {
        return splunk.accepted();
    }

    @Override
    public void refuse() {
        splunk.reactAlways("/services", conversation -> {
            String asked = conversation.request().head().replace("\"", "'");
            conversation.reply(HecReply.of(403, "{\"text\":\"%s\",\"code\":99}".formatted(asked)));
        });
    }

    @Override
    public void hang() {
        splunk.reactAlways("/services", conversation -> conversation.hang(splunk.end()));
    }

    @Override
    public void stop() {
        splunk.stop();
    }

    @Override
    public void restart() {
        splunk.restart();
    }

    @Override
    public void close() {
        splunk.close();
        if (!splunk.violations().isEmpty()) {
            throw new AssertionError(splunk.violations());
        }
    }
}
