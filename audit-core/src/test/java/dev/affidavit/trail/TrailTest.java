package dev.affidavit.trail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affidavit.config.ConfigNode;
import dev.affidavit.config.TrailConfig;
import dev.affidavit.config.TrailConfigParser;
import dev.affidavit.spi.FakeStatus;
import dev.affidavit.statistics.AuditTrails;
import dev.affidavit.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrailTest {
    @TempDir
    Path directory;

    private final FakeStatus status = new FakeStatus();

    private TrailConfig config() {
        Map<String, String> options =
                Map.of("name", "audit", "directory", directory.resolve("log").toString());
        return TrailConfigParser.parse(new ConfigNode("Audit", options, List.of()), Map.of(), Map.of(), null)
                .config();
    }

    @Test
    void shouldLeaveNothingOpenIfItsFirstEventIsNotRecorded() {
        List<String> closed = new ArrayList<>();
        MarkingKeys keys = new MarkingKeys("key", closed, new IOException("the service does not answer"));

        assertThatThrownBy(() -> Trail.open(config().withEncryption(keys), status, problem -> {}))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("the service does not answer");

        assertThat(closed).containsExactly("key");
        assertThat(AuditTrails.statistics()).isEmpty();
        Trail.openNow(config(), status, problem -> {}).close();
    }

    /** Keys are others' code. */
    @Test
    void shouldLetGoOfTheDirectoryThoughItsLastLineCannotBeEncrypted() {
        Trail trail = Trail.open(config(), status, problem -> {});
        MarkingKeys keys = new MarkingKeys("key", new ArrayList<>(), new AssertionError("of the key"));
        trail.reconfigure(config().withEncryption(keys));

        status.errors.clear();
        trail.close();

        assertThat(status.errors)
                .containsExactly("audit log: not closed in order: java.lang.AssertionError: of the key");
        assertThat(AuditTrails.statistics()).isEmpty();
        Trail.openNow(config(), status, problem -> {}).close();
    }
}
