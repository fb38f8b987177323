package dev.affidavit.forward.database;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The queries that the product's documentation promises of the table, word for word. */
final class DocumentedQueries {
    private DocumentedQueries() {}

    /** Without the semicolons. */
    static List<String> all() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(DocumentedQueries.class.getResourceAsStream("documented-queries.sql"))) {
            return Arrays.stream(new String(in.readAllBytes(), StandardCharsets.UTF_8).split(";"))
                    .map(String::strip)
                    .filter(query -> !query.isEmpty())
                    .toList();
        }
    }

    /** The one under this comment. */
    static String titled(String title) throws IOException {
        return all().stream()
                .filter(query -> query.startsWith("-- " + title + "\n"))
                .findFirst()
                .orElseThrow();
    }
}
