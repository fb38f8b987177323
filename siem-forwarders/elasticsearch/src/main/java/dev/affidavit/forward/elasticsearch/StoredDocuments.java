package dev.affidavit.forward.elasticsearch;

import co.elastic.clients.elasticsearch._types.SortOrder;
import co.elastic.clients.elasticsearch._types.Time;
import co.elastic.clients.elasticsearch.core.SearchRequest;
import co.elastic.clients.transport.endpoints.BinaryEndpoint;
import co.elastic.clients.transport.endpoints.BinaryResponse;
import dev.affidavit.spi.MisconfiguredDestinationException;
import dev.affidavit.spi.StoredLines;
import java.io.IOException;
import java.io.InputStream;
import org.apache.http.ContentTooLongException;

/** The documents of one log, as they are at one moment, page by page. Used by one thread. */
final class StoredDocuments {
    /** Between two pages. */
    private static final Time KEEP_ALIVE = Time.of(time -> time.time("5m"));
    /** Documents of usual size make some hundred KB. */
    private static final int PAGE = 1000;

    /** As the client has it, but for the answer. */
    private static final BinaryEndpoint<SearchRequest> SEARCH = new BinaryEndpoint<>(
            SearchRequest._ENDPOINT.id(),
            SearchRequest._ENDPOINT::method,
            SearchRequest._ENDPOINT::requestUrl,
            SearchRequest._ENDPOINT::pathParameters,
            SearchRequest._ENDPOINT::queryParameters,
            SearchRequest._ENDPOINT::headers,
            true,
            null);

    private final Cluster cluster;
    private final String logId;
    private String pit;
    private long after = -1;
    private int page = PAGE;

    private StoredDocuments(Cluster cluster, String logId, String pit) {
        this.cluster = cluster;
        this.logId = logId;
        this.pit = pit;
    }

    /** @param indices a name, or a pattern of names */
    static void read(Cluster cluster, String indices, String logId, StoredLines.Taker taker) throws IOException {
        String pit = cluster.ask(client ->
                        client.openPointInTime(open -> open.index(indices).keepAlive(KEEP_ALIVE)))
                .id();
        StoredDocuments documents = new StoredDocuments(cluster, logId, pit);
        try {
            documents.readAll(taker);
        } finally {
            documents.close();
        }
    }

    private void readAll(StoredLines.Taker taker) throws IOException {
        for (SearchPage found = next(); !found.sources().isEmpty(); found = next()) {
            for (byte[] source : found.sources()) {
                StoredDocument document = StoredDocument.of(source);
                taker.take(document.line(), document.id());
            }
            after = found.sort();
        }
    }

    /** The client takes no answer of more than 100 MB. */
    private SearchPage next() throws IOException {
        while (true) {
            try {
                return search();
            } catch (IOException e) {
                if (page == 1 || !isTooLong(e)) {
                    throw e;
                }
                page = Math.max(1, page / 10);
            }
        }
    }

    private static boolean isTooLong(IOException failure) {
        boolean found = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            found |= cause instanceof ContentTooLongException;
        }
        return found;
    }

    private SearchPage search() throws IOException {
        SearchPage found = SearchPage.of(answer(request()));
        if (!found.isWhole()) {
            throw new IOException("%s: not all parts of the index have answered: what is stored is not known"
                    .formatted(cluster.failures().peer()));
        }
        if (found.lacksSource()) {
            throw new MisconfiguredDestinationException("%s: an index keeps no _source, so that no line can be had back"
                    .formatted(cluster.failures().peer()));
        }
        String renewed = found.pit();
        pit = renewed == null ? pit : renewed;
        return found;
    }

    private SearchRequest request() {
        return SearchRequest.of(search -> {
            search.pit(reference -> reference.id(pit).keepAlive(KEEP_ALIVE))
                    .query(query -> query.bool(all -> all.filter(filter ->
                            filter.match(match -> match.field(Documents.LOG_ID).query(logId)))))
                    .sort(sort -> sort.field(field -> field.field("_shard_doc").order(SortOrder.Asc)))
                    .trackTotalHits(track -> track.enabled(false))
                    .allowPartialSearchResults(false)
                    .size(page);
            return after < 0 ? search : search.searchAfter(after);
        });
    }

    private byte[] answer(SearchRequest request) throws IOException {
        try (BinaryResponse response = cluster.ask(client ->
                        client._transport().performRequestAsync(request, SEARCH, client._transportOptions()));
                InputStream content = response.content()) {
            return content.readAllBytes();
        }
    }

    private void close() {
        try {
            cluster.ask(client -> client.closePointInTime(close -> close.id(pit)));
        } catch (IOException e) {
            // The server forgets it by itself.
        }
    }
}
