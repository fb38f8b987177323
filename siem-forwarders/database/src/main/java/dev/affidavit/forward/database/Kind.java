package dev.affidavit.forward.database;

/** What a column holds, and how either product takes it. Values are texts until they are there. */
enum Kind {
    TEXT("text", "%s", "VARCHAR", "CAST(? AS VARCHAR)"),
    INTEGER("integer", "%s::integer", "INTEGER", "CAST(? AS INTEGER)"),
    BIGINT("bigint", "%s::bigint", "BIGINT", "CAST(? AS BIGINT)"),
    BOOLEAN("boolean", "%s::boolean", "BOOLEAN", "CAST(? AS BOOLEAN)"),
    TIME("timestamptz", "%s::timestamptz", "TIMESTAMP(6) WITH TIME ZONE", "CAST(? AS TIMESTAMP(6) WITH TIME ZONE)"),
    JSON("jsonb", "%s::jsonb", "JSON", "CAST(? AS VARCHAR) FORMAT JSON"),
    /** As text: base64. */
    BYTES("bytea", "decode(%s, 'base64')", "VARBINARY", "CAST(? AS VARBINARY)");

    private final String postgresType;
    private final String postgresCast;
    private final String h2Type;
    private final String h2Parameter;

    Kind(String postgresType, String postgresCast, String h2Type, String h2Parameter) {
        this.postgresType = postgresType;
        this.postgresCast = postgresCast;
        this.h2Type = h2Type;
        this.h2Parameter = h2Parameter;
    }

    String type(Product product) {
        return switch (product) {
            case POSTGRESQL -> postgresType;
            case H2 -> h2Type;
        };
    }

    /** The value that the text {@code expression} stands for, in PostgreSQL. */
    String ofText(String expression) {
        return postgresCast.formatted(expression);
    }

    /** A parameter of a statement, in H2. */
    String parameter() {
        return h2Parameter;
    }
}
