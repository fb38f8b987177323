package dev.affidavit.forward.elasticsearch;

import co.elastic.clients.elasticsearch.core.BulkRequest;
import co.elastic.clients.elasticsearch.core.BulkResponse;
import java.io.IOException;
import java.util.List;

/** Stores documents that are not there yet, many with one request. */
final class BulkCreate {
    /** What is read of an answer: a quarter of it. */
    private static final String READ =
            "took,errors,error,status,items.*._index,items.*.status,items.*.error.type,items.*.error.reason,items.*.failure_store";

    private final Cluster cluster;
    private final boolean dataStream;

    BulkCreate(Cluster cluster, boolean dataStream) {
        this.cluster = cluster;
        this.dataStream = dataStream;
    }

    /** What became of each, in their order. */
    List<Verdict> store(List<Document> documents) throws IOException {
        BulkRequest request = request(documents);
        BulkResponse response =
                cluster.ask(client -> client.withTransportOptions(options -> options.setParameter("filter_path", READ))
                        .bulk(request));
        if (response.items().size() != documents.size()) {
            throw new IOException("%s answers for %d documents of %d"
                    .formatted(cluster.failures().peer(), response.items().size(), documents.size()));
        }
        return response.items().stream().map(Verdict::of).map(this::shown).toList();
    }

    private Verdict shown(Verdict verdict) {
        return verdict.reason().isEmpty()
                ? verdict
                : new Verdict(verdict.kind(), cluster.failures().shown(verdict.reason()));
    }

    private BulkRequest request(List<Document> documents) {
        BulkRequest.Builder request = new BulkRequest.Builder();
        for (Document document : documents) {
            request.operations(operation -> operation.create(
                    create -> create.index(document.index()).id(document.id()).document(document.source())));
        }
        if (dataStream) {
            request.requireDataStream(true); // or a name without a template would become an index
        }
        return request.build();
    }
}
