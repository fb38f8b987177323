package dev.affidavit.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.benchmarks.Results.Row;
import dev.affidavit.store.Durability;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ResultsTest {
    private final Map<Configuration, List<Measurement>> measured = new LinkedHashMap<>();

    @Test
    void shouldCompareRoundByRoundWithTheFastestPeerOfTheFramework() {
        // given
        measured(Contender.AFFIDAVIT_LOGBACK_EVENT, 400, 900, 800);
        measured(Contender.LOGSTASH_ENCODER_FLUENT, 100, 100, 100);
        measured(Contender.LOGSTASH_ENCODER_ARGUMENTS, 200, 300, 200);
        measured(Contender.JSON_TEMPLATE_MAP, 700, 700, 700);
        measured(Contender.BARE_WRITE, 5000, 5000, 5000);

        // when
        Row row = new Results(measured).rows().get(0);

        // then
        assertThat(row.eventsPerSecond()).isEqualTo(new Spread(800, 400, 900));
        assertThat(row.against()).isEqualTo(Contender.LOGSTASH_ENCODER_ARGUMENTS);
        assertThat(row.ratio()).isEqualTo(new Spread(3, 2, 4));
    }

    @Test
    void shouldComparePeersWithNobody() {
        measured(Contender.LOGSTASH_ENCODER_FLUENT, 100);
        measured(Contender.BARE_WRITE, 5000);

        assertThat(new Results(measured).rows()).extracting(Row::ratio).containsOnlyNulls();
    }

    private void measured(Contender contender, long... eventsPerSecond) {
        measured.put(
                new Configuration(Durability.WRITTEN, 1, contender),
                Arrays.stream(eventsPerSecond)
                        .mapToObj(events -> new Measurement(0, events, 1_000_000_000, 0, 0, 0, 0, 0, 0))
                        .toList());
    }
}
