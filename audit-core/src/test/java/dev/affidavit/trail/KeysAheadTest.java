package dev.affidavit.trail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.spi.Encrypter;
import dev.affidavit.spi.FakeStatus;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class KeysAheadTest {
    private final FakeStatus status = new FakeStatus();

    /** Makes a key when it is told to, and says so. */
    private static final class Keys implements Encrypter {
        final CountDownLatch asked = new CountDownLatch(1);
        final AtomicInteger attempts = new AtomicInteger();
        private volatile boolean prepared;
        private final boolean fails;

        Keys(boolean fails) {
            this.fails = fails;
        }

        @Override
        public boolean isPrepared() {
            return prepared;
        }

        @Override
        public void prepare() throws IOException {
            attempts.incrementAndGet();
            try {
                if (fails) {
                    throw new IOException("the service does not answer");
                }
                prepared = true;
            } finally {
                asked.countDown();
            }
        }

        @Override
        public int maxStoredLength(int lineLength) {
            return lineLength;
        }

        @Override
        public void encrypt(String segment, byte[] line, int lineLength) {}

        @Override
        public byte[] bytes() {
            return new byte[0];
        }

        @Override
        public int length() {
            return 0;
        }

        @Override
        public void close() {}
    }

    @Test
    void shouldHaveTheNextKeyMadeOnAnotherThread() throws Exception {
        Keys keys = new Keys(false);
        try (KeysAhead ahead = new KeysAhead(keys, status)) {
            ahead.wanted();

            assertThat(keys.asked.await(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(status.warnings).isEmpty();
    }

    /** Each line that is recorded meanwhile wants a key. */
    @Test
    void shouldAskAServiceThatIsDownNoMoreOftenForThat() throws Exception {
        Keys keys = new Keys(true);
        try (KeysAhead ahead = new KeysAhead(keys, status)) {
            ahead.wanted();
            for (int i = 0; i < 50; i++) {
                awaitRest();
                ahead.wanted();
            }
            awaitRest();
        }
        assertThat(keys.attempts).hasValueLessThan(10); // one each 10 s
    }

    private static void awaitRest() {
        while (Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread ->
                        thread.getName().equals("affidavit-keys") && thread.getState() == Thread.State.TIMED_WAITING)) {
            Thread.onSpinWait();
        }
    }

    @Test
    void shouldSayWhyItCannot() throws Exception {
        Keys keys = new Keys(true);
        CountDownLatch told = new CountDownLatch(1);
        FakeStatus hearing = new FakeStatus() {
            @Override
            public void warn(String message) {
                super.warn(message);
                told.countDown();
            }
        };
        try (KeysAhead ahead = new KeysAhead(keys, hearing)) {
            ahead.wanted();

            assertThat(told.await(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(hearing.warnings)
                .containsExactly(
                        "audit log: the content key of the next file cannot be made yet: the service does not answer");
    }
}
