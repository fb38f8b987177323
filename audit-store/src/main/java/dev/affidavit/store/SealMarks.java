package dev.affidavit.store;

/** What a seal has to know of those who write: which lines are on the device, told between the lines. */
interface SealMarks {
    /** Of a log that is not sealed. */
    SealMarks NONE = new SealMarks() {};

    /** Whether a force is due, so that lines that are on the device are sealed. For the forcing thread. */
    default boolean isDue(long forced) {
        return false;
    }

    /** A force of the lines written so far begins. Needs the turn; for the forcing thread. */
    default void forceBegins(long written, LineRing lines) {}

    /** Whether {@link #forced} is to be called now that so many lines are on the device. For the forcing thread. */
    default boolean awaits(long forced) {
        return false;
    }

    /** So many lines are on the device. Needs the turn; for the forcing thread. */
    default void forced(long forced, LineRing lines) {}
}
