package dev.affidavit.trail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affidavit.AuditEvent;
import dev.affidavit.spi.FakeStatus;
import dev.affidavit.store.StoreException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StoreNoticesTest {
    private static final String CHECKPOINT = """
            a/6d1f0d3cc05b8f1f0e7a2c8f5b0b4a97
            1830
            n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=

            — a/6d1f0d3cc05b8f1f0e7a2c8f5b0b4a97 %s
            """.formatted(Base64.getEncoder().encodeToString(new byte[68]));

    private final FakeStatus status = new FakeStatus();
    private final StoreNotices notices = new StoreNotices(status);

    @Test
    void shouldTellTheStoreThatACheckpointIsNotRecorded() {
        StoreException full = new StoreException("the disk is full");
        notices.recordWith((event, durability) -> {
            throw full;
        });

        assertThatThrownBy(() -> notices.anchor(CHECKPOINT)).isSameAs(full);
        assertThatThrownBy(() -> notices.anchor(CHECKPOINT)).isSameAs(full);

        assertThat(status.errors).containsExactly("audit log: AUDIT_CHECKPOINT not recorded: the disk is full");
    }

    @Test
    void shouldRecordTheNoteToTheLetter() {
        List<AuditEvent> events = new ArrayList<>();
        notices.recordWith((event, durability) -> events.add(event));

        notices.anchor(CHECKPOINT);

        assertThat(events).hasSize(1);
        assertThat(events.get(0).details())
                .containsEntry("origin", "a/6d1f0d3cc05b8f1f0e7a2c8f5b0b4a97")
                .containsEntry("size", 1830L)
                .containsEntry("root", "n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=")
                .containsEntry("checkpoint", CHECKPOINT);
    }
}
