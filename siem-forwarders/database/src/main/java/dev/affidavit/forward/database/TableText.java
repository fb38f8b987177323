package dev.affidavit.forward.database;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The statements that make the table. They can be given to whoever may make tables. */
final class TableText {
    private TableText() {}

    static List<String> of(Product product, Names names) {
        List<String> columns = new ArrayList<>();
        columns.add(names.ofColumn("seq") + " bigint GENERATED ALWAYS AS IDENTITY");
        for (Column column : Column.ALL) {
            columns.add("%s %s%s"
                    .formatted(
                            names.of(column),
                            column.kind().type(product),
                            column.isOfTheKey() || column == Column.TRANSFORMED ? " NOT NULL" : ""));
        }
        columns.add("%s %s NOT NULL DEFAULT CURRENT_TIMESTAMP"
                .formatted(names.ofColumn("stored_at"), Kind.TIME.type(product)));
        columns.add("PRIMARY KEY (%s)"
                .formatted(Column.ALL.stream()
                        .filter(Column::isOfTheKey)
                        .map(names::of)
                        .collect(Collectors.joining(", "))));
        return List.of(
                "CREATE TABLE %s (\n  %s\n)".formatted(names.ofTable(), String.join(",\n  ", columns)),
                index(names, Column.TIMESTAMP),
                index(names, Column.EVENT_TYPE, Column.TIMESTAMP),
                index(names, Column.USERNAME, Column.TIMESTAMP));
    }

    private static String index(Names names, Column... columns) {
        return "CREATE INDEX ON %s (%s)"
                .formatted(
                        names.ofTable(), Arrays.stream(columns).map(names::of).collect(Collectors.joining(", ")));
    }
}
