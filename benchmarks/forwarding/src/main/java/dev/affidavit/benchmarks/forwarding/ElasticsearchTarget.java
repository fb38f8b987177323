package dev.affidavit.benchmarks.forwarding;

import dev.affidavit.testkit.TemporaryDirectory;
import dev.affidavit.testkit.elasticsearch.ElasticsearchServer;
import java.time.Duration;
import java.util.Map;

/** A real Elasticsearch of one node. */
record ElasticsearchTarget(ElasticsearchServer server) implements Receiver {
    private static final String INDEX = "audit";

    static ElasticsearchTarget start() {
        return new ElasticsearchTarget(
                ElasticsearchServer.start(TemporaryDirectory.readableByAll("affidavit-elasticsearch"), Map.of()));
    }

    @Override
    public Map<String, String> options() {
        return Map.of("to", "elasticsearch", "url", server.url(), "index", INDEX, "installTemplate", "true");
    }

    @Override
    public long count() {
        return server.rest().count(INDEX);
    }

    @Override
    public Duration interval() {
        return Duration.ofMillis(500);
    }

    @Override
    public void close() {
        server.close();
    }
}
