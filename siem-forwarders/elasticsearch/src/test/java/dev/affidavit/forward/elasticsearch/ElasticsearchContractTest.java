package dev.affidavit.forward.elasticsearch;

import dev.affidavit.spi.DestinationProvider;
import dev.affidavit.testkit.delivery.FaultyProxy;
import dev.affidavit.testkit.elasticsearch.ElasticsearchServer;
import dev.affidavit.testkit.extension.DestinationContract;
import dev.affidavit.testkit.extension.DestinationUnderTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;

@Tag("receivers")
final class ElasticsearchContractTest extends DestinationContract {
    private static final String API_KEY = "affidavit.test.api-key";

    @Override
    protected DestinationUnderTest start() {
        System.setProperty(API_KEY, "VuaCfGcBCdbkQm-e5aOx:ui2lp2axTNmsyakw9tvNnw");
        return new BehindAProxy(TestServer.shared(), TestServer.newIndex());
    }

    /** A real server, and a proxy that can end and come back sooner than that. */
    private static final class BehindAProxy implements DestinationUnderTest {
        private final ElasticsearchServer server;
        private final String index;
        private FaultyProxy proxy;

        BehindAProxy(ElasticsearchServer server, String index) {
            this.server = server;
            this.index = index;
            this.proxy = FaultyProxy.before(server.port());
        }

        @Override
        public DestinationProvider provider() {
            return new ElasticsearchProvider();
        }

        @Override
        public Map<String, String> options() {
            return Map.of(
                    "url",
                    "http://127.0.0.1:" + proxy.port(),
                    "index",
                    index,
                    "apiKey",
                    "sys:" + API_KEY,
                    "installTemplate",
                    "true",
                    "connectTimeout",
                    "50s",
                    "timeout",
                    "50s");
        }

        @Override
        public List<String> secrets() {
            String key = System.getProperty(API_KEY);
            return List.of(key.substring(key.indexOf(':') + 1));
        }

        @Override
        public boolean acknowledges() {
            return true;
        }

        @Override
        public List<byte[]> received() {
            return StoredLines.of(server.rest().sources(index));
        }

        @Override
        public int connections() {
            return proxy.accepted();
        }

        @Override
        public void refuse() {
            server.rest().ask("PUT", "/" + index, "{\"mappings\":{\"dynamic\":\"strict\"}}");
        }

        @Override
        public void hang() {
            server.suspend();
        }

        @Override
        public void stop() {
            proxy.close();
        }

        @Override
        public void restart() {
            proxy = FaultyProxy.before(server.port(), proxy.port());
        }

        @Override
        public void close() {
            server.resume();
            proxy.close();
        }
    }
}
