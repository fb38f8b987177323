package dev.affidavit.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.InputStream;
import java.util.Set;

/** The published schema of a line. */
final class LineSchema {
    static final String RESOURCE = "/dev/affidavit/json/audit-event.schema.json";

    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(LineSchema.open());

    private LineSchema() {}

    static InputStream open() {
        InputStream resource = LineSchema.class.getResourceAsStream(RESOURCE);
        if (resource == null) {
            throw new IllegalStateException(RESOURCE + " is missing");
        }
        return resource;
    }

    /** What is wrong with the line; empty if it is as documented. */
    static Set<ValidationMessage> problems(JsonNode line) {
        return SCHEMA.validate(line, context -> context.getExecutionConfig().setFormatAssertionsEnabled(true));
    }
}
