package com.example.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.config.ConfigNode;
import dev.affidavit.config.Options;
import dev.affidavit.config.Problems;
import dev.affidavit.spi.DestinationFactory;
import dev.affidavit.spi.LogIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WebhookProviderTest {
    private final Problems problems = new Problems();

    @TempDir
    private Path directory;

    private DestinationFactory configure(Map<String, String> values) {
        ConfigNode node = new ConfigNode("AuditForwarder", values, List.of());
        Options options = new Options(node, "AuditForwarder[hook]", problems);
        DestinationFactory factory = new WebhookProvider().configure(options);
        options.rejectUnknown();
        return factory;
    }

    @Test
    void shouldNeedOnlyAUrl() {
        DestinationFactory factory = configure(Map.of("url", "https://hooks.example.com/T000/B000/XXXX"));

        assertThat(problems.all()).isEmpty();
        assertThat(factory).hasToString("webhook on https://hooks.example.com");
        Webhook webhook = ((WebhookFactory) factory).webhook();
        assertThat(webhook.connectTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(webhook.timeout()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void shouldSendTheToken() throws IOException {
        Path token = Files.writeString(directory.resolve("token"), "s3cr3t\n");
        try (WebhookReceiver receiver = WebhookReceiver.start()) {
            DestinationFactory factory = configure(Map.of("url", receiver.url(), "token", "file:" + token));
            try (var destination = factory.open(new LogIdentity("id", "", "host1"))) {
                destination.deliver(
                        List.of(new dev.affidavit.spi.ForwardedLine("{}".getBytes(StandardCharsets.UTF_8))));
            }

            assertThat(problems.all()).isEmpty();
            assertThat(receiver.requests()).singleElement().asString().contains("Authorization=[Bearer s3cr3t]");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            url            |                                  | url: expected a value, found none
            url            | hooks.example.com                | url: expected https://host/path, without user and fragment
            url            | https://alice:pw@example.com/    | url: expected https://host/path, without user and fragment
            url            | https://[bad                     | url: expected https://host/path, without user and fragment
            url            | http://hooks.example.com/        | url: expected https, found 'http'
            url            | ftp://127.0.0.1/                 | url: expected https, found 'ftp'
            token          | s3cr3t                           | token: expected a reference to a secret
            timeout        | 0s                               | timeout: expected a duration
            connectTimeout | never                            | connectTimeout: expected a duration
            tokn           | env:X                            | tokn: unknown option; did you mean token?
            """)
    void shouldReportWhatIsWrong(String option, String value, String problem) {
        Map<String, String> values = new java.util.HashMap<>(Map.of("url", "https://hooks.example.com/"));
        if (value == null) {
            values.remove(option);
        } else {
            values.put(option, value);
        }

        configure(values);

        assertThat(problems.all())
                .singleElement()
                .asString()
                .startsWith("AuditForwarder[hook]." + problem)
                .doesNotContain("pw@")
                .doesNotContain("s3cr3t");
    }

    @Test
    void shouldRefuseATokenThatWouldBreakTheHeader() throws IOException {
        Path token = Files.writeString(directory.resolve("token"), "s3cr3t token\n");

        configure(Map.of("url", "https://hooks.example.com/", "token", "file:" + token));

        assertThat(problems.all())
                .containsExactly("AuditForwarder[hook].token: file:" + token
                        + " holds what cannot stand in a header; expected printable ASCII");
    }
}
