package dev.affidavit.forward.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/database.md says what is true. */
final class DocumentTest {
    private static final Path DOCUMENT = Path.of("..", "..", "docs", "database.md");

    @Test
    void shouldShowTheStatementsThatMakeTheTable() throws IOException {
        Names names = new Names(false, "public", "entropy_audit_log");

        assertThat(fences("sql"))
                .singleElement()
                .asString()
                .startsWith(String.join(";\n", TableText.of(Product.POSTGRESQL, names)) + ";\n");
    }

    @Test
    void shouldShowEveryColumn() throws IOException {
        String text = Files.readString(DOCUMENT);

        for (Column column : Column.ALL) {
            assertThat(text)
                    .containsPattern("(?m)^\\|[^|]*`%s`[^|]*\\| `%s` \\| `%s` \\|"
                            .formatted(
                                    column.lowerName(),
                                    column.kind().type(Product.POSTGRESQL),
                                    Pattern.quote(column.kind().type(Product.H2))));
        }
    }

    private static List<String> fences(String language) throws IOException {
        return Pattern.compile("(?s)```" + language + "\n(.*?)```")
                .matcher(Files.readString(DOCUMENT))
                .results()
                .map(fence -> fence.group(1))
                .toList();
    }
}
