package dev.affidavit.forward.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What docs/elasticsearch.md says is true. */
final class DocumentTest {
    private static final Path DOCS = Path.of("..", "..", "docs");

    @Test
    void shouldShowTheTemplateThatIsInstalled() throws IOException {
        try (var template = IndexTemplate.class.getResourceAsStream(IndexTemplate.RESOURCE)) {
            assertThat(Files.readAllBytes(DOCS.resolve("elasticsearch-template.json")))
                    .isEqualTo(template.readAllBytes());
        }
    }
}
