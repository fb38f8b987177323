package dev.affidavit.forward.agent;

/** Text that others wrote, shown to a person. */
final class Terminal {
    private Terminal() {}

    /** It must neither look like lines of ours, nor move the cursor, nor turn the direction of what follows. */
    static String oneLine(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
    }
}
