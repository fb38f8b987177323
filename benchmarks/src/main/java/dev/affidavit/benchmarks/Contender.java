package dev.affidavit.benchmarks;

import dev.affidavit.store.Durability;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Who is measured: the product in one of its forms, or a peer. */
enum Contender {
    AFFIDAVIT_LOGBACK_EVENT(Framework.LOGBACK, "affidavit-logback.xml") {
        @Override
        Call open(SampleEvent event, Path directory, Durability durability) {
            return new AuditLoggerCall(event, Framework.LOGBACK);
        }
    },
    AFFIDAVIT_LOGBACK_FLUENT(Framework.LOGBACK, "affidavit-logback.xml") {
        @Override
        Call open(SampleEvent event, Path directory, Durability durability) {
            return new AuditKeyValuesCall(event, Framework.LOGBACK);
        }
    },
    LOGSTASH_ENCODER_FLUENT(Framework.LOGBACK, "logstash-encoder.xml") {
        @Override
        Call open(SampleEvent event, Path directory, Durability durability) {
            return KeyValuesCall.withMap(event, Framework.LOGBACK);
        }
    },
    LOGSTASH_ENCODER_ARGUMENTS(Framework.LOGBACK, "logstash-encoder.xml") {
        @Override
        Call open(SampleEvent event, Path directory, Durability durability) {
            return new StructuredArgumentsCall(event, Framework.LOGBACK);
        }
    },
    AFFIDAVIT_LOG4J2_EVENT(Framework.LOG4J2, "affidavit-log4j2.xml") {
        @Override
        Call open(SampleEvent event, Path directory, Durability durability) {
            return new AuditLoggerCall(event, Framework.LOG4J2);
        }
    },
    AFFIDAVIT_LOG4J2_FLUENT(Framework.LOG4J2, "affidavit-log4j2.xml") {
        @Override
        Call open(SampleEvent event, Path directory, Durability durability) {
            return new AuditKeyValuesCall(event, Framework.LOG4J2);
        }
    },
    JSON_TEMPLATE_FLUENT(Framework.LOG4J2, "json-template-fluent.xml") {
        @Override
        Call open(SampleEvent event, Path directory, Durability durability) {
            return KeyValuesCall.withText(event, Framework.LOG4J2);
        }
    },
    JSON_TEMPLATE_MAP(Framework.LOG4J2, "json-template-map.xml") {
        @Override
        Call open(SampleEvent event, Path directory, Durability durability) {
            return new MapMessageCall(event, Framework.LOG4J2);
        }
    },
    BARE_WRITE(null, null) {
        @Override
        Call open(SampleEvent event, Path directory, Durability durability) throws IOException {
            return BareWriteCall.open(event, directory, durability);
        }
    },
    FORCED_WRITE(null, null) {
        @Override
        Call open(SampleEvent event, Path directory, Durability durability) throws IOException {
            return ForcedWriteCall.open(event, directory);
        }
    };

    private final @Nullable Framework framework;
    private final @Nullable String configuration;

    Contender(@Nullable Framework framework, @Nullable String configuration) {
        this.framework = framework;
        this.configuration = configuration;
    }

    /** Opens it in this process, which must have the framework's class path and nothing else in it. */
    abstract Call open(SampleEvent event, Path directory, Durability durability) throws IOException;

    /** Null for those that need none. */
    @Nullable
    Framework framework() {
        return framework;
    }

    /** The resource that configures the framework; null if there is no framework. */
    @Nullable
    String configuration() {
        return configuration;
    }

    boolean isProduct() {
        return name().startsWith("AFFIDAVIT");
    }

    /** Peers that log offer no {@code synced}; a bare write offers everything. */
    boolean offers(Durability durability) {
        return durability == Durability.WRITTEN || isProduct() || this == BARE_WRITE;
    }

    /** Whether the product in this form is measured against {@code other}. */
    boolean isAgainst(Contender other, Durability durability) {
        if (!isProduct()) {
            return false;
        }
        return durability == Durability.SYNCED
                ? other == BARE_WRITE
                : !other.isProduct() && other.framework == framework;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
