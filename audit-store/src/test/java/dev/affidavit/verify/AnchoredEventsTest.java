package dev.affidavit.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.seal.TreeHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AnchoredEventsTest {
    /** Several chunks. */
    private static final int MANY = 50_000;

    private static TreeHash leaf(int number) {
        return TreeHash.leaf(("line " + number).getBytes(UTF_8));
    }

    private static String id(int number) {
        return "evt_%d_1795213454".formatted(1_795_213_454_000_000_000L + number);
    }

    @Test
    void shouldFindEachOfMany() {
        AnchoredEvents events = new AnchoredEvents();
        for (int i = 0; i < MANY; i++) {
            events.add(leaf(i), id(i), i % 2 == 0);
        }

        assertThat(events.size()).isEqualTo(MANY);
        for (int i = 0; i < MANY; i++) {
            int event = events.find(leaf(i).bytes());
            assertThat(events.id(event)).isEqualTo(id(i));
            assertThat(events.leaf(event)).isEqualTo(leaf(i));
            assertThat(events.withId(id(i))).containsExactly(event);
            assertThat(events.isStored(event)).isEqualTo(i % 2 == 0);
        }
        assertThat(events.find(leaf(MANY).bytes())).isEqualTo(AnchoredEvents.NONE);
        assertThat(events.withId(id(MANY))).isEmpty();
    }

    @Test
    void shouldTakeALineOnceAndTheIdWhenItIsKnown() {
        AnchoredEvents events = new AnchoredEvents();
        events.add(leaf(1), null, false);
        assertThat(events.id(0)).isNull();

        events.add(leaf(1), id(1), true);
        events.add(leaf(1), id(2), false);

        assertThat(events.size()).isOne();
        assertThat(events.id(0)).isEqualTo(id(1));
        assertThat(events.isStored(0)).isTrue();
        assertThat(events.withId(id(2))).isEmpty();
    }

    /** Also those that are none of ours, and look like them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "evt_0_0",
                "evt_01_1",
                "evt_1_01",
                "evt_8999999999999999999_999999999999999999",
                "evt_9999999999999999999_1",
                "evt_1_1_1",
                "evt_-1_1",
                "evt_",
                "",
                "ä\u202e"
            })
    void shouldKeepEveryIdAsItIs(String id) {
        AnchoredEvents events = new AnchoredEvents();

        events.add(leaf(1), id, false);

        assertThat(events.id(0)).isEqualTo(id);
    }

    @Test
    void shouldNotChangeWhatACopyIsOf() {
        AnchoredEvents events = new AnchoredEvents();
        events.add(leaf(1), id(1), false);

        events.copy().add(leaf(2), id(2), true);

        assertThat(events.size()).isOne();
        assertThat(events.find(leaf(2).bytes())).isEqualTo(AnchoredEvents.NONE);
        assertThat(events.withId(id(2))).isEmpty();
    }
}
