package dev.affidavit.testkit.extension;

import dev.affidavit.spi.AuditListener;
import dev.affidavit.spi.AuditListenerFactory;
import dev.affidavit.spi.AuditListenerProvider;
import dev.affidavit.spi.ForwardedLine;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a listener must bear, and what a reconfiguration relies on. */
@Timeout(600)
public abstract class AuditListenerContract {

    protected abstract AuditListenerProvider provider();

    /** Options that are good. */
    protected abstract Map<String, String> options();

    private ProviderRules<AuditListenerProvider, AuditListenerFactory> rules() {
        AuditListenerProvider provider = provider();
        return new ProviderRules<>(
                AuditListenerProvider.class, provider, AuditListenerProvider::name, provider::configure, options());
    }

    @Test
    void shouldBeFoundUnderItsName() {
        rules().requireToBeFound();
    }

    @Test
    void shouldTakeItsOptions() {
        rules().requireToTakeGoodOptions();
    }

    @Test
    void shouldMakeEqualFactoriesOfEqualOptions() {
        rules().requireEqualFactories();
    }

    @Test
    void shouldShowNoSecretInItsText() {
        rules().requireToShowNo(Configured.secretsOf(options()));
    }

    @Test
    void shouldReportProblemsByTheirPath() {
        rules().requireProblemsByPath();
    }

    @Test
    void shouldBearOddValues() {
        rules().requireToBearOddValues();
    }

    @Test
    void shouldBearEveryLine() throws Exception {
        try (AuditListener listener = open()) {
            for (List<ForwardedLine> lines : List.of(
                    SampleLines.events(0, 1000),
                    SampleLines.ownOfTheLog(),
                    SampleLines.hostile(),
                    SampleLines.others(),
                    List.of(SampleLines.largest()))) {
                for (ForwardedLine line : lines) {
                    listener.recorded(line);
                }
            }
        }
    }

    @Test
    void shouldBeOpenedAgain() throws Exception {
        open().close();
        try (AuditListener first = open();
                AuditListener second = open()) {
            first.recorded(SampleLines.largest());
            second.recorded(SampleLines.largest());
        }
    }

    private AuditListener open() throws Exception {
        return Configured.by(provider()::configure, options()).factory().open(SampleLines.LOG);
    }
}
