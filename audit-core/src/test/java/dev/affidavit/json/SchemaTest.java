package dev.affidavit.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void shouldBeTheOneInTheDocumentation() throws IOException {
        Path published = repository().resolve("docs/audit-event.schema.json");

        assertThat(LineSchema.open()).hasBinaryContent(Files.readAllBytes(published));
    }

    @Test
    void shouldBeASchemaOfItsOwnVersion() throws IOException {
        var meta = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(SchemaLocation.of(SchemaId.V202012));

        assertThat(meta.validate(schema())).isEmpty();
    }

    @Test
    void shouldDemandTheDocumentedFieldsInOrder() throws IOException {
        List<String> always = List.of(
                "id",
                "timestamp",
                "event_type",
                "severity",
                "username",
                "session_id",
                "ip_address",
                "port",
                "user_agent",
                "description",
                "details",
                "success",
                "error_code");
        List<String> optional =
                List.of("database_name", "object_type", "object_name", "command", "rows_affected", "service", "host");

        assertThat(texts(schema().get("required"))).isEqualTo(always);
        assertThat(schema().get("properties").fieldNames()).toIterable().startsWith(always.toArray(String[]::new));
        assertThat(schema().get("properties").fieldNames())
                .toIterable()
                .hasSize(always.size() + optional.size())
                .endsWith(optional.toArray(String[]::new));
    }

    @Test
    void shouldExplainEveryField() throws IOException {
        assertThat(schema().get("properties"))
                .allSatisfy(field -> assertThat(field.get("title").asText()).isNotBlank());
    }

    @Test
    void shouldAcceptItsExample() throws IOException {
        assertThat(LineSchema.problems(example())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id",
                "timestamp",
                "event_type",
                "severity",
                "username",
                "session_id",
                "ip_address",
                "port",
                "user_agent",
                "description",
                "details",
                "success",
                "error_code"
            })
    void shouldRefuseALineWithoutAField(String field) throws IOException {
        ObjectNode line = example();
        line.remove(field);

        assertThat(LineSchema.problems(line)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            id            | "evt_1_1"
            id            | "evt_1768791267000000000_1768791267 "
            timestamp     | "2026-01-19T02:54:27Z"
            timestamp     | "2026-01-19T02:54:27.000Z"
            timestamp     | "2026-01-19T02:54:27.000000+00:00"
            timestamp     | "2026-13-19T02:54:27.000000Z"
            event_type    | ""
            event_type    | null
            severity      | "ERROR"
            severity      | "info"
            username      | null
            port          | "5432"
            port          | 65536
            port          | -1
            port          | 1.5
            details       | []
            details       | null
            success       | "true"
            error_code    | 7
            command       | null
            rows_affected | -1
            service       | "payments"
            host          | "db1"
            seq           | 1
            """)
    void shouldRefuseABadValue(String field, String value) throws IOException {
        ObjectNode line = example();
        line.set(field, JSON.readTree(value));

        assertThat(LineSchema.problems(line)).isNotEmpty();
    }

    @Test
    void shouldAcceptEveryOptionalField() throws IOException {
        ObjectNode line = example();
        line.putNull("port");
        line.put("database_name", "").put("object_type", "table").put("object_name", "accounts");
        line.put("command", "SELECT 1").put("rows_affected", 0);
        line.put("service", "payments").put("host", "db1");

        assertThat(LineSchema.problems(line)).isEmpty();
    }

    private static ObjectNode schema() throws IOException {
        try (InputStream resource = LineSchema.open()) {
            return (ObjectNode) JSON.readTree(resource);
        }
    }

    private static ObjectNode example() throws IOException {
        return (ObjectNode) schema().get("examples").get(0);
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /** The directory that holds the build's wrapper. */
    private static Path repository() {
        Path module = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        Path at = module;
        while (at != null && !Files.exists(at.resolve("mvnw"))) {
            at = at.getParent();
        }
        assertThat(at).as("the repository above " + module).isNotNull();
        return at == null ? module : at;
    }
}
