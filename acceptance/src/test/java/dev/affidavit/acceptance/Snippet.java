package dev.affidavit.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A code block of a document that says on the line above it how it is tested, {@code <!-- test: kind -->}, or of which file
 * it is a part, {@code <!-- from: path -->}.
 *
 * @param kind what follows {@code test:} or {@code from:}
 */
record Snippet(String document, String kind, String code) {
    private static final String BLOCK = " ([^ ][^\n]*) -->\n```[a-z]+\n(.*?)\n```";
    private static final Pattern TESTED = Pattern.compile("<!-- test:" + BLOCK, Pattern.DOTALL);
    private static final Pattern TAKEN = Pattern.compile("<!-- from:" + BLOCK, Pattern.DOTALL);

    /** Every block of README.md and docs/ that says how it is tested. */
    static List<Snippet> all() throws IOException {
        return find(TESTED);
    }

    /** Every block that is a part of a file, whose kind is the path from the root of the repository. */
    static List<Snippet> excerpts() throws IOException {
        return find(TAKEN);
    }

    /** Whether the lines stand in {@code text}, one below the other, however they are indented. */
    boolean isPartOf(String text) {
        return flat(text).contains(flat(code));
    }

    private static String flat(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining("\n"));
    }

    private static List<Snippet> find(Pattern block) throws IOException {
        List<Snippet> snippets = new ArrayList<>();
        for (Path document : documents()) {
            Matcher matcher = block.matcher(Files.readString(document));
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
