package dev.affidavit.forward.elasticsearch;

import dev.affidavit.spi.DestinationProvider;
import dev.affidavit.testkit.delivery.DeliveryFaultContract;
import dev.affidavit.testkit.delivery.ReceiverUnderTest;
import dev.affidavit.testkit.elasticsearch.ElasticsearchServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;

/** Its server is stopped and started again, which takes long. */
@Tag("campaign")
final class ElasticsearchFaultTest extends DeliveryFaultContract {
    @Override
    protected ReceiverUnderTest startReceiver(Path directory) {
        return new RealServer(TestServer.shared(), TestServer.newIndex());
    }

    /** The shared server, with an index for one test. */
    private record RealServer(ElasticsearchServer server, String index) implements ReceiverUnderTest {
        @Override
        public DestinationProvider provider() {
            return new ElasticsearchProvider();
        }

        @Override
        public int port() {
            return server.port();
        }

        @Override
        public Map<String, String> options(int port, Duration timeout) {
            String limit = "%ds".formatted(timeout.toSeconds());
            return Map.of(
                    "url",
                    "http://localhost:" + port,
                    "index",
                    index,
                    "installTemplate",
                    "true",
                    "connectTimeout",
                    limit,
                    "timeout",
                    limit);
        }

        @Override
        public boolean keepsWhatItAcknowledged() {
            return true;
        }

        @Override
        public List<String> received() {
            return StoredLines.textsOf(server.rest().sources(index));
        }

        @Override
        public int count() {
            return (int) server.rest().count(index);
        }

        @Override
        public void kill() {
            server.kill();
        }

        @Override
        public void start() {
            server.start();
        }

        @Override
        public void suspend() {
            server.suspend();
        }

        @Override
        public void resume() {
            server.resume();
        }

        @Override
        public void close() {
            server.resume();
        }
    }
}
