package dev.affidavit.log4j2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.AuditEvent;
import dev.affidavit.EventType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.apache.logging.log4j.message.Message;
import org.junit.jupiter.api.Test;

final class EventMessageTest {
    private final AuditEvent event =
            AuditEvent.builder(EventType.AUTH_SUCCESS).description("signed in").build();
    private final EventMessage message = new EventMessage(event);

    @Test
    void shouldBeTextForAppendersThatPrintIt() {
        assertThat(message.getFormattedMessage()).isEqualTo("AUTH_SUCCESS signed in");
    }

    @Test
    void shouldCarryTheEventItself() {
        assertThat(message.getParameters()).containsExactly(event);
    }

    @Test
    void shouldBePlainTextForWhoeverItIsSentTo() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(message);
        }

        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject())
                    .isInstanceOfSatisfying(
                            Message.class,
                            read -> assertThat(read.getFormattedMessage()).isEqualTo("AUTH_SUCCESS signed in"));
        }
    }
}
