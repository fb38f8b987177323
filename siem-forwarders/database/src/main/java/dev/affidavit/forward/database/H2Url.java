package dev.affidavit.forward.database;

import dev.affidavit.config.Options;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a URL of H2: of a file, since what is in memory is gone with the process, and a server of H2 cannot prove who it is. */
final class H2Url {
    private static final Pattern URL =
            Pattern.compile("jdbc:h2:(?:file:)?((?:\\.{1,2}/|~/|/|[A-Za-z]:[/\\\\])[^;]+)(;.*)?");
    private static final Pattern CREDENTIALS = Pattern.compile(";\\s*(USER|PASSWORD)\\s*=");

    private static final String CLOSE_ON_EXIT = "DB_CLOSE_ON_EXIT";

    /**
     * What is set where the URL does not say otherwise. H2 would close the file while the last lines are on their way to it, once the JVM
     * ends; and it would write what it could not do, with values, into a file that others may read.
     */
    private static final Map<String, String> SETTINGS = Map.of(CLOSE_ON_EXIT, "FALSE", "TRACE_LEVEL_FILE", "0");

    private H2Url() {}

    /** Reports what is wrong with it as problems of {@code url}, without what stands in it: that may be a secret. */
    static Place read(String url, Options options) {
        Matcher matcher = URL.matcher(url);
        boolean fits = matcher.matches();
        if (!fits) {
            options.problem(
                    "url",
                    "expected the file of a database, such as jdbc:h2:file:./log_files/audit or jdbc:h2:file:/var/lib/audit;"
                            + " H2 in memory, or over a network, keeps or proves too little for an audit log");
        }
        String settings = fits && matcher.group(2) != null ? matcher.group(2).toUpperCase(Locale.ROOT) : "";
        if (CREDENTIALS.matcher(settings).find()) {
            options.problem("url", "expected no user and no password in it; there are the options user and password");
        }
        return new Place(Product.H2, url, "H2 in " + (fits ? matcher.group(1) : "?"), properties(settings));
    }

    /** @param settings of the URL, in upper case; H2 takes none twice */
    private static Map<String, String> properties(String settings) {
        Map<String, String> properties = new HashMap<>(SETTINGS);
        properties.keySet().removeIf(settings::contains);
        if (settings.contains("AUTO_SERVER")) {
            properties.remove(CLOSE_ON_EXIT); // H2 does not take the two together
        }
        return properties;
    }
}
