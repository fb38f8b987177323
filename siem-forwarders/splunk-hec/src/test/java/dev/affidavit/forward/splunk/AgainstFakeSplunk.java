package dev.affidavit.forward.splunk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.testkit.splunk.FakeSplunk;
import dev.affidavit.testkit.splunk.HecSetup;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** Tests of deliveries to a fake, whose strictness each of them has to bear. */
@Timeout(180)
abstract class AgainstFakeSplunk {
    FakeSplunk splunk;

    AgainstFakeSplunk(HecSetup setup) {
        this.splunk = FakeSplunk.start(setup);
    }

    @AfterEach
    final void close() {
        splunk.close();
        assertThat(splunk.violations()).isEmpty();
    }

    /** Another fake takes the place of this one. */
    final void restart(HecSetup setup) {
        close();
        splunk = FakeSplunk.start(setup);
    }

    final List<String> indexed() {
        return Client.indexed(splunk);
    }
}
