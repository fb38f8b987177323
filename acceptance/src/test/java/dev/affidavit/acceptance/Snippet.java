package dev.affidavit.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A code block of a document that says how it is tested: {@code <!-- test: kind -->} on the line above it.
 *
 * @param kind what follows {@code test:}
 */
record Snippet(String document, String kind, String code) {
    private static final Pattern BLOCK =
            Pattern.compile("<!-- test: ([a-z0-9 ]+) -->\n```[a-z]+\n(.*?)\n```", Pattern.DOTALL);

    /** Every such block of README.md and docs/. */
    static List<Snippet> all() throws IOException {
        List<Snippet> snippets = new ArrayList<>();
        for (Path document : documents()) {
            Matcher matcher = BLOCK.matcher(Files.readString(document));
            while (matcher.find()) {
                snippets.add(new Snippet(document.getFileName().toString(), matcher.group(1), matcher.group(2)));
            }
        }
        return snippets;
    }

    static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>();
        for (Path folder : List.of(Repository.ROOT, Repository.ROOT.resolve("docs"))) {
            try (var files = Files.list(folder)) {
                files.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
            }
        }
        return documents;
    }

    @Override
    public String toString() {
        return document + ": " + kind;
    }
}
