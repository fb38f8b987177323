package dev.affidavit.benchmarks;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import dev.affidavit.AuditEvent;
import dev.affidavit.EventType;
import dev.affidavit.json.EventLine;
import dev.affidavit.json.IdSequence;
import dev.affidavit.json.Origin;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import net.logstash.logback.argument.StructuredArguments;
import net.logstash.logback.encoder.LogstashEncoder;
import org.apache.logging.log4j.core.config.DefaultConfiguration;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.core.layout.ByteBufferDestination;
import org.apache.logging.log4j.core.layout.ByteBufferDestinationHelper;
import org.apache.logging.log4j.layout.template.json.JsonTemplateLayout;
import org.apache.logging.log4j.message.StringMapMessage;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One event to the bytes of its line, by one thread: the product, Jackson by hand, and the two encoders that people use. In
 * the peers' favour the ids of those two are constant texts.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 7, time = 1)
@Fork(3)
public class EncodingBenchmark {
    private static final int NANOS_BETWEEN_EVENTS = 2_345;

    private final SampleEvent sample = SampleEvent.alice();
    private Instant now = Instant.parse("2026-11-09T16:00:00Z");

    private final AuditEvent event = AuditEvent.builder(EventType.AUTH_SUCCESS)
            .username(sample.username())
            .sessionId(sample.sessionId())
            .ipAddress(sample.ipAddress())
            .port(sample.port())
            .userAgent(sample.userAgent())
            .description(sample.description())
            .detail("auth_method", sample.authMethod())
            .build();
    private final EventLine line = new EventLine();
    private final Origin origin = new Origin("", "");
    private final IdSequence ids = IdSequence.beginning();

    private final JacksonLine jackson = new JacksonLine();

    private final LogstashEncoder logstash = logstash();
    private final LoggingEvent logbackEvent = logbackEvent();

    private final JsonTemplateLayout template = JsonTemplateLayout.newBuilder()
            .setConfiguration(new DefaultConfiguration())
            .setEventTemplateUri("classpath:json-template-map.json")
            .build();
    private final Log4jLogEvent log4jEvent = log4jEvent();
    private final Discarding discarding = new Discarding();

    @Benchmark
    public int affidavit() {
        line.write(event, origin, moment(), ids);
        line.settle();
        return line.length();
    }

    @Benchmark
    public int jackson() throws IOException {
        return jackson.write(sample, moment());
    }

    /** A new one for each event; reading the clock is no part of encoding. */
    private Instant moment() {
        now = now.plusNanos(NANOS_BETWEEN_EVENTS);
        return now;
    }

    @Benchmark
    public byte[] logstashEncoder() {
        return logstash.encode(logbackEvent);
    }

    @Benchmark
    public long jsonTemplateLayout() {
        template.encode(log4jEvent, discarding);
        return discarding.bytes;
    }

    private static LogstashEncoder logstash() {
        LogstashEncoder encoder = new LogstashEncoder();
        encoder.setContext(new LoggerContext());
        encoder.setTimeZone("UTC");
        encoder.getFieldNames().setTimestamp("timestamp");
        encoder.getFieldNames().setVersion("[ignore]");
        encoder.getFieldNames().setLevel("severity");
        encoder.getFieldNames().setLevelValue("[ignore]");
        encoder.getFieldNames().setLogger("[ignore]");
        encoder.getFieldNames().setThread("[ignore]");
        encoder.getFieldNames().setMessage("description");
        encoder.start();
        return encoder;
    }

    private LoggingEvent logbackEvent() {
        Object[] arguments = {
            StructuredArguments.keyValue("id", sample.id()),
            StructuredArguments.keyValue("event_type", sample.type()),
            StructuredArguments.keyValue("username", sample.username()),
            StructuredArguments.keyValue("session_id", sample.sessionId()),
            StructuredArguments.keyValue("ip_address", sample.ipAddress()),
            StructuredArguments.keyValue("port", sample.port()),
            StructuredArguments.keyValue("user_agent", sample.userAgent()),
            StructuredArguments.keyValue("details", Map.of("auth_method", sample.authMethod())),
            StructuredArguments.keyValue("success", true),
            StructuredArguments.keyValue("error_code", sample.errorCode())
        };
        LoggerContext context = new LoggerContext();
        LoggingEvent made =
                new LoggingEvent("", context.getLogger("security"), Level.INFO, sample.description(), null, arguments);
        made.setMDCPropertyMap(Map.of());
        return made;
    }

    private Log4jLogEvent log4jEvent() {
        StringMapMessage message = new StringMapMessage()
                .with("id", sample.id())
                .with("event_type", sample.type())
                .with("username", sample.username())
                .with("session_id", sample.sessionId())
                .with("ip_address", sample.ipAddress())
                .with("port", sample.port())
                .with("user_agent", sample.userAgent())
                .with("description", sample.description())
                .with("auth_method", sample.authMethod())
                .with("success", true)
                .with("error_code", sample.errorCode());
        return Log4jLogEvent.newBuilder()
                .setLoggerName("security")
                .setLevel(org.apache.logging.log4j.Level.INFO)
                .setMessage(message)
                .build();
    }

    /** Where a layout writes to, as an appender's buffer would be. */
    private static final class Discarding implements ByteBufferDestination {
        private final ByteBuffer buffer = ByteBuffer.allocate(8192);
        private long bytes;

        @Override
        public ByteBuffer getByteBuffer() {
            return buffer;
        }

        @Override
        public ByteBuffer drain(ByteBuffer full) {
            bytes += full.position();
            full.clear();
            return full;
        }

        @Override
        public void writeBytes(ByteBuffer data) {
            ByteBufferDestinationHelper.writeToUnsynchronized(data, this);
        }

        @Override
        public void writeBytes(byte[] data, int offset, int length) {
            ByteBufferDestinationHelper.writeToUnsynchronized(data, offset, length, this);
        }
    }
}
