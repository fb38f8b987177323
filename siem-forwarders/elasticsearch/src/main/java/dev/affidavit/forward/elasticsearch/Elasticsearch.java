package dev.affidavit.forward.elasticsearch;

import dev.affidavit.forward.tls.TlsOptions;
import dev.affidavit.spi.Destination;
import dev.affidavit.spi.DestinationFactory;
import dev.affidavit.spi.LogIdentity;
import dev.affidavit.spi.StoredLines;
import java.io.IOException;
import java.time.InstantSource;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A cluster, and where in it events go.
 *
 * @param dataStream whether {@code index} names a data stream
 * @param tls null where no TLS is spoken
 * @param caFingerprint of the only authority to trust, in lower-case hexadecimal digits; null for those of {@code tls}
 */
record Elasticsearch(
        Nodes nodes,
        IndexName index,
        boolean dataStream,
        boolean installTemplate,
        Credentials credentials,
        @Nullable TlsOptions tls,
        @Nullable String caFingerprint)
        implements DestinationFactory, StoredLines {

    @Override
    public Destination open(LogIdentity log) throws IOException {
        InstantSource clock = InstantSource.system();
        Cluster cluster = connect(clock);
        return new ElasticsearchDestination(
                cluster,
                new BulkCreate(cluster, dataStream),
                new Documents(log.logId(), index, clock),
                installTemplate ? new IndexTemplate(index, dataStream) : null);
    }

    @Override
    public void read(String logId, Taker taker) throws IOException {
        try (Cluster cluster = connect(InstantSource.system())) {
            StoredDocuments.read(cluster, index.wildcard(), logId, taker);
        }
    }

    private Cluster connect(InstantSource clock) throws IOException {
        Handshake handshake =
                tls == null ? null : new Handshake(context(tls), tls.parameters(), nodes.connectTimeout());
        return new Cluster(
                nodes.connect(credentials.header(), handshake),
                new Failures(nodes, credentials, handshake, clock),
                nodes.limit());
    }

    private SSLContext context(TlsOptions options) throws IOException {
        return caFingerprint == null ? options.context() : options.context(new PinnedAuthority(caFingerprint));
    }

    @Override
    public String toString() {
        return "elasticsearch on %s, %s %s".formatted(nodes, dataStream ? "data stream" : "index", index);
    }
}
