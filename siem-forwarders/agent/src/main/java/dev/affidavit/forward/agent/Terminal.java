package dev.affidavit.forward.agent;

/** Text that others wrote, shown to a person. */
public final class Terminal {
    private Terminal() {}

    /**
     * The text with {@code ?} in place of each control character, format character and line or paragraph separator: it must
     * neither look like lines of ours, nor move the cursor, nor turn the direction of what follows.
     */
    public static String oneLine(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
    }
}
