package dev.affidavit.forward.elasticsearch;

import dev.affidavit.testkit.TemporaryDirectory;
import dev.affidavit.testkit.elasticsearch.ElasticsearchServer;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The real server that the tests of this JVM share; each has indices of its own there. */
final class TestServer {
    /** More than one usual batch takes, and less than a test can send at once. */
    static final int PRESSURE_LIMIT_MB = 6;

    static final int CONTENT_LIMIT_MB = 12;

    private static final AtomicInteger INDICES = new AtomicInteger();

    private TestServer() {}

    static ElasticsearchServer shared() {
        return Shared.SERVER;
    }

    /** The name of an index that is not there. */
    static String newIndex() {
        return "test-%d".formatted(INDICES.incrementAndGet());
    }

    /** Made when it is asked for first. */
    private static final class Shared {
        static final ElasticsearchServer SERVER = ElasticsearchServer.start(
                TemporaryDirectory.readableByAll("affidavit-elasticsearch"),
                Map.of(
                        "indexing_pressure.memory.limit",
                        PRESSURE_LIMIT_MB + "mb",
                        "http.max_content_length",
                        CONTENT_LIMIT_MB + "mb"));
    }
}
