package dev.affidavit.testkit.hostile;

import org.jspecify.annotations.Nullable;

/**
 * A value that an application may put into the details of an event.
 *
 * @param what it is, for a person
 * @param said what the line must hold in its place
 */
record HostileValue(String what, @Nullable Object value, Said said) {
    static HostileValue of(String what, @Nullable Object value, Said said) {
        return new HostileValue(what, value, said);
    }

    /** A number that every reader holds. */
    static HostileValue number(Number number) {
        return of(number.toString(), number, Said.number(number));
    }

    /** A value that is written as the text of it. */
    static HostileValue text(String what, Object value) {
        return of(what, value, Said.text(value.toString()));
    }

    static HostileValue unreadable(String what, Object value, Class<? extends Throwable> thrown) {
        return of(what, value, Said.unreadable(thrown));
    }
}
