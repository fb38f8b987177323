package com.example.webhook;

import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What of a webhook nobody is to read in a message, though servers like to repeat it: the token, the path and the query;
 * and long parts of those two, since a server may repeat them escaped, or in part.
 */
final class Confidential {
    /** The length of a part from which it may be a secret. Shorter ones are words such as {@code audit} or {@code v1}. */
    private static final int PART_LENGTH = 8;

    private static final Pattern NOTHING = Pattern.compile("(?!)");

    private final List<String> texts;
    private final Pattern pattern;

    private Confidential(List<String> texts) {
        this.texts = texts;
        this.pattern = texts.isEmpty()
                ? NOTHING
                : Pattern.compile(texts.stream().map(Pattern::quote).collect(Collectors.joining("|")));
    }

    static Confidential of(Webhook webhook) {
        Stream<String> token = Stream.ofNullable(webhook.token()).map(secret -> secret.reveal());
        return new Confidential(Stream.concat(token, of(webhook.url()))
                .distinct()
                .sorted(Comparator.comparing(String::length).reversed()) // the whole rather than a part of it
                .toList());
    }

    private static Stream<String> of(URI url) {
        URI sent = URI.create(url.toASCIIString());
        return Stream.of(
                        url.getRawPath(),
                        url.getPath(),
                        url.getRawQuery(),
                        url.getQuery(),
                        sent.getRawPath(),
                        sent.getRawQuery())
                .filter(Objects::nonNull)
                .flatMap(text -> Stream.concat(
                        Stream.of(text).filter(whole -> whole.length() > 1), // more than the "/" that every path has
                        Stream.of(text.split("[/?&=;]")).filter(part -> part.length() >= PART_LENGTH)));
    }

    /** The length of the longest. */
    int longest() {
        return texts.isEmpty() ? 0 : texts.get(0).length();
    }

    String hiddenIn(String text) {
        return hiddenIn(text, text.length());
    }

    /** The first {@code length} characters; what is confidential and begins within them is hidden as a whole. */
    String hiddenIn(String text, int length) {
        StringBuilder shown = new StringBuilder();
        Matcher matcher = pattern.matcher(text);
        int from = 0;
        while (matcher.find() && matcher.start() < length) {
            shown.append(text, from, matcher.start()).append('…');
            from = matcher.end();
        }
        return from < length
                ? shown.append(text, from, Math.min(length, text.length())).toString()
                : shown.toString();
    }
}
