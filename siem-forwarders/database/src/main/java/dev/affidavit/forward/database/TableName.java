package dev.affidavit.forward.database;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a table, in lower case, as SQL takes it without quotes: upper and lower case do not matter.
 *
 * @param schema null for the one that the session has
 */
record TableName(@Nullable String schema, String table) {
    /** PostgreSQL cuts what is longer than 63. */
    private static final Pattern NAME =
            Pattern.compile("(?:([A-Za-z_][A-Za-z0-9_]{0,62})\\.)?([A-Za-z_][A-Za-z0-9_]{0,62})");

    /** Null if the text is no such name. */
    static @Nullable TableName parse(String text) {
        Matcher matcher = NAME.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        String schema = matcher.group(1);
        return new TableName(
                schema == null ? null : schema.toLowerCase(Locale.ROOT),
                matcher.group(2).toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return schema == null ? table : schema + "." + table;
    }
}
