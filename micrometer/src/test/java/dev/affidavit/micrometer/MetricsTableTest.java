package dev.affidavit.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.spi.ForwarderState;
import dev.affidavit.statistics.AuditTrailMXBean;
import dev.affidavit.statistics.ForwarderInfo;
import dev.affidavit.trail.AuditSink;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/metrics.md says is true. */
final class MetricsTableTest {
    private static final Pattern ROW = Pattern.compile(
            "^\\| `(affidavit\\.[a-z.]+)` \\| (\\w+) \\| ([a-z/]*) ?\\| ([`A-Za-z, ]*)\\|", Pattern.MULTILINE);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @TempDir
    private Path directory;

    private static String page() throws IOException {
        return Files.readString(Path.of("..", "docs", "metrics.md"));
    }

    private static List<MatchResult> rows() throws IOException {
        return ROW.matcher(page()).results().toList();
    }

    private List<Meter> meters() {
        MeteredLog log = MeteredLog.in(directory).forwardingTo("soc", "siem").toldTo("alerts");
        try (AuditMetrics metrics = AuditMetrics.ofAllLogs();
                AuditSink sink = log.open()) {
            assertThat(sink.problems()).isEmpty();
            metrics.bindTo(registry);
            return registry.getMeters();
        }
    }

    @Test
    void shouldListEveryMeterAndNoOther() throws IOException {
        List<String> inTable = rows().stream()
                .map(row -> "%s %s %s"
                        .formatted(row.group(1), row.group(2), row.group(3).strip()))
                .toList();
        assertThat(inTable).doesNotHaveDuplicates();
        assertThat(meters().stream().map(MetricsTableTest::line).distinct())
                .containsExactlyInAnyOrderElementsOf(inTable);
    }

    private static String line(Meter meter) {
        Meter.Id id = meter.getId();
        String unit = id.getBaseUnit() == null ? "" : id.getBaseUnit();
        return switch (id.getType()) {
            case COUNTER, GAUGE ->
                "%s %s %s".formatted(id.getName(), id.getType().name().toLowerCase(Locale.ROOT), unit);
            default -> "%s timer seconds".formatted(id.getName());
        };
    }

    @Test
    void shouldDescribeEveryMeter() {
        assertThat(meters())
                .allSatisfy(meter -> assertThat(meter.getId().getDescription())
                        .as(meter.getId().getName())
                        .isNotBlank());
    }

    @Test
    void shouldNameEveryAttributeThatJmxHas() throws IOException {
        String page = page();
        List<String> attributes = Stream.of(AuditTrailMXBean.class, ForwarderInfo.class)
                .flatMap(bean -> Arrays.stream(bean.getMethods()))
                .map(Method::getName)
                .map(getter -> getter.replaceFirst("^(get|is)", ""))
                .toList();

        assertThat(attributes)
                .hasSizeGreaterThan(50)
                .allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
        assertThat(new TreeSet<>(attributes))
                .containsAll(rows().stream()
                        .flatMap(row -> Arrays.stream(row.group(4).split("[`, ]+")))
                        .filter(name -> !name.isEmpty())
                        .toList());
    }

    @Test
    void shouldNameEveryStateOfAForwarder() throws IOException {
        String page = page();
        assertThat(ForwarderState.values())
                .allSatisfy(
                        state -> assertThat(page).contains("`" + state.name().toLowerCase(Locale.ROOT) + "`"));
    }
}
