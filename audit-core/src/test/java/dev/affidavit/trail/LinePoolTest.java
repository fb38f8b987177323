package dev.affidavit.trail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.json.EventLine;
import org.junit.jupiter.api.Test;

final class LinePoolTest {
    @Test
    void shouldUseALineAgain() {
        LinePool pool = new LinePool();
        EventLine line = pool.take();
        pool.give(line);

        assertThat(pool.take()).isSameAs(line);
        assertThat(pool.take()).isNotSameAs(line);
    }

    @Test
    void shouldKeepOneLineForEachPlace() {
        LinePool pool = new LinePool();
        EventLine second = new EventLine();
        pool.give(new EventLine());
        pool.give(second);

        assertThat(pool.take()).isSameAs(second);
        assertThat(pool.take().length()).isZero();
    }
}
