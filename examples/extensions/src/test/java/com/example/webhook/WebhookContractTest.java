package com.example.webhook;

import dev.affidavit.spi.DestinationProvider;
import dev.affidavit.testkit.extension.DestinationContract;
import dev.affidavit.testkit.extension.DestinationUnderTest;
import java.util.List;
import java.util.Map;

/** Keeps what every destination must. */
final class WebhookContractTest extends DestinationContract {
    private static final String TOKEN = "webhook.contract.token";

    @Override
    protected DestinationUnderTest start() {
        System.setProperty(TOKEN, "s3cr3t-t0k3n");
        return new OverHttp();
    }

    /** The webhook, and a web server within this JVM. */
    private static final class OverHttp implements DestinationUnderTest {
        private final WebhookReceiver receiver = WebhookReceiver.start();

        @Override
        public DestinationProvider provider() {
            return new WebhookProvider();
        }

        @Override
        public Map<String, String> options() {
            return Map.of("url", receiver.url(), "token", "sys:" + TOKEN, "connectTimeout", "1h", "timeout", "1h");
        }

        @Override
        public List<String> secrets() {
            return List.of("secret-path");
        }

        @Override
        public boolean acknowledges() {
            return true;
        }

        @Override
        public List<byte[]> received() {
            return receiver.lines();
        }

        @Override
        public int connections() {
            return receiver.requests().size();
        }

        @Override
        public void refuse() {
            receiver.replyWithEcho(400);
        }

        @Override
        public void hang() {
            receiver.hang();
        }

        @Override
        public void stop() {
            receiver.stop();
        }

        @Override
        public void restart() {
            receiver.restart();
        }

        @Override
        public void close() {
            receiver.close();
        }
    }
}
