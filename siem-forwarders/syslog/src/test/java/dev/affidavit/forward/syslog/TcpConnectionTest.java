package dev.affidavit.forward.syslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.affidavit.testkit.syslog.SyslogReceiver;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a connection costs that does not come about. */
@Timeout(300)
final class TcpConnectionTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int ATTEMPTS = 200;

    @Test
    void shouldTakeNoDirectMemoryForAReceiverThatIsAway() {
        SyslogReceiver receiver = SyslogReceiver.start();
        receiver.close();

        long before = directBuffers();
        for (int i = 0; i < ATTEMPTS; i++) {
            assertThatThrownBy(() -> TcpConnection.open(Servers.at(receiver.port(), LIMIT), null, Answers.NONE))
                    .isInstanceOf(IOException.class);
        }

        assertThat(directBuffers() - before).isLessThan(ATTEMPTS / 2); // other threads may have some of their own
    }

    private static long directBuffers() {
        // The module under test, of which this is a part, has no use for java.management.
        TcpConnectionTest.class
                .getModule()
                .addReads(ModuleLayer.boot().findModule("java.management").orElseThrow());
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getCount)
                .sum();
    }
}
