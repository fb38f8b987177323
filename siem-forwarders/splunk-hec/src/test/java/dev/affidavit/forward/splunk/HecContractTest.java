package dev.affidavit.forward.splunk;

import dev.affidavit.testkit.extension.DestinationContract;
import dev.affidavit.testkit.extension.DestinationUnderTest;
import dev.affidavit.testkit.splunk.HecSetup;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

final class HecContractTest {
    @Nested
    final class Plain extends DestinationContract {
        @Override
        protected DestinationUnderTest start() {
            return new FakeUnderTest(new HecSetup(), Map.of());
        }
    }

    @Nested
    final class Acknowledged extends DestinationContract {
        @Override
        protected DestinationUnderTest start() {
            return new FakeUnderTest(new HecSetup().useAck(0), Map.of("ack", "true"));
        }
    }

    @Tag("campaign")
    @Nested
    final class Uncompressed extends DestinationContract {
        @Override
        protected DestinationUnderTest start() {
            return new FakeUnderTest(new HecSetup(), Map.of("compression", "none"));
        }
    }
}
