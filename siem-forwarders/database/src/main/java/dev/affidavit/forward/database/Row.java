package dev.affidavit.forward.database;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One row to be: a text for each column that is not null. Changed by {@link RowReader} alone. */
final class Row {
    private final Map<Column, String> values = new EnumMap<>(Column.class);
    private final Set<Column> transformed = EnumSet.noneOf(Column.class);

    @Nullable
    String value(Column column) {
        return column == Column.TRANSFORMED ? transformed() : values.get(column);
    }

    private String transformed() {
        return transformed.isEmpty()
                ? ""
                : transformed.stream().map(Column::lowerName).collect(Collectors.joining(","));
    }

    void put(Column column, String value) {
        values.put(column, value);
    }

    /** Notes that the column does not say what the line says. */
    void transformed(Column column) {
        transformed.add(column);
    }

    /** Forgets what the fields said. */
    void clearFields() {
        values.clear();
        transformed.clear();
    }
}
