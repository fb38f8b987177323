package dev.affidavit.forward.splunk;

import dev.affidavit.config.Options;
import dev.affidavit.config.Secret;
import dev.affidavit.forward.tls.TlsOptions;
import dev.affidavit.spi.DestinationFactory;
import dev.affidavit.spi.DestinationProvider;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the options of {@code <AuditForwarder to="splunk-hec" …/>}; they are in docs/splunk-hec.md. */
public final class HecProvider implements DestinationProvider {
    private static final String DEFAULT_SOURCETYPE = "affidavit:json";
    private static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration DEFAULT_REQUEST_TIMEOUT = Duration.ofSeconds(30);
    /** What Splunk advises; it may take two minutes rightly. */
    private static final Duration DEFAULT_ACK_TIMEOUT = Duration.ofMinutes(5);

    private static final Duration DEFAULT_ACK_INTERVAL = Duration.ofSeconds(10);
    /** Splunk forgets a channel that nobody asks about for 10 minutes. */
    private static final Duration LONGEST_ACK_INTERVAL = Duration.ofMinutes(5);

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofHours(1);
    /** What can stand in a header. */
    private static final Pattern TOKEN = Pattern.compile("[!-~]+");

    private static final Pattern INDEX = Pattern.compile("[a-z0-9][a-z0-9_-]*");
    private static final Set<String> DEFAULT_FIELDS = Set.of("event_type", "severity");

    /** For the ServiceLoader. */
    public HecProvider() {}

    @Override
    public String name() {
        return "splunk-hec";
    }

    @Override
    public DestinationFactory configure(Options options) {
        List<Endpoint> endpoints = EndpointList.read(options);
        Secret token = token(options);
        Metadata metadata = metadata(options);
        boolean gzip = options.choice("compression", Compression.GZIP) == Compression.GZIP;
        AckWait ack = ack(options);
        Duration connectTimeout = options.duration("connectTimeout", DEFAULT_CONNECT_TIMEOUT, SHORTEST, LONGEST);
        Duration requestTimeout = options.duration("requestTimeout", DEFAULT_REQUEST_TIMEOUT, SHORTEST, LONGEST);
        TlsOptions tls = null;
        if (EndpointList.isSecure(endpoints)) {
            tls = TlsOptions.of(options);
        } else {
            TlsOptions.refuse(options, "has no effect with http; expected https in url");
        }
        return new HecFactory(
                new Collector(endpoints, token, metadata, gzip, ack, connectTimeout, requestTimeout, tls),
                Surroundings.real());
    }

    private static @Nullable Secret token(Options options) {
        Secret token = options.secret("token");
        if (options.text("token") == null) {
            options.problem("token", "expected env:NAME, file:PATH or sys:NAME, found none");
        } else if (token != null && !TOKEN.matcher(token.reveal()).matches()) {
            options.problem("token", token + " holds what cannot stand in a header; expected printable ASCII");
        }
        return token;
    }

    private static Metadata metadata(Options options) {
        String index = options.text("index");
        if (index != null && !INDEX.matcher(index).matches()) {
            options.problem("index", "expected lower-case letters, digits, _ and -, found '%s'".formatted(index));
        }
        String sourcetype = given(options, "sourcetype");
        return new Metadata(
                given(options, "host"),
                given(options, "source"),
                sourcetype == null ? DEFAULT_SOURCETYPE : sourcetype,
                index,
                fields(options));
    }

    private static @Nullable String given(Options options, String name) {
        String text = options.text(name);
        if (text != null && text.isBlank()) {
            options.problem(name, "expected a value, found '" + text + "'");
        }
        return text;
    }

    private static Set<String> fields(Options options) {
        Set<String> fields = options.list("fields");
        for (String field : fields) {
            if (!Metadata.FIELDS.contains(field)) {
                options.problem(
                        "fields",
                        "expected some of %s, found '%s'"
                                .formatted(String.join(", ", new TreeSet<>(Metadata.FIELDS)), field));
            }
        }
        return options.text("fields") == null ? DEFAULT_FIELDS : fields;
    }

    private static @Nullable AckWait ack(Options options) {
        if (!options.flag("ack", false)) {
            for (String name : List.of("ackTimeout", "ackInterval")) {
                options.refuse(name, "has no effect without ack=\"true\"");
            }
            return null;
        }
        return new AckWait(
                options.duration("ackTimeout", DEFAULT_ACK_TIMEOUT, SHORTEST, LONGEST),
                options.duration("ackInterval", DEFAULT_ACK_INTERVAL, SHORTEST, LONGEST_ACK_INTERVAL));
    }

    /** How bodies are sent. */
    private enum Compression {
        GZIP,
        NONE
    }
}
