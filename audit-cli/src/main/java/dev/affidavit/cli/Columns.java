package dev.affidavit.cli;

import java.util.ArrayList;
import java.util.List;

/** Lines of a terminal in columns, each as wide as its widest text. */
final class Columns {
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    void add(String... texts) {
        rows.add(List.of(texts));
    }

    List<String> lines() {
        return rows.stream().map(this::line).toList();
    }

    private String line(List<String> row) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            String text = row.get(column);
            line.append(text).append(" ".repeat(width(column) - text.length())).append(GAP);
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        return rows.stream()
                .filter(row -> row.size() > column)
                .mapToInt(row -> row.get(column).length())
                .max()
                .orElse(0);
    }
}
