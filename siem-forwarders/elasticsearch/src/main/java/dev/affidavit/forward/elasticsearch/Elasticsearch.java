package dev.affidavit.forward.elasticsearch;

import dev.affidavit.forward.tls.TlsOptions;
import dev.affidavit.spi.Destination;
import dev.affidavit.spi.DestinationFactory;
import dev.affidavit.spi.LogIdentity;
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
        implements DestinationFactory {

    @Override
    public Destination open(LogIdentity log) throws IOException {
        InstantSource clock = InstantSource.system();
        Handshake handshake =
                tls == null ? null : new Handshake(context(tls), tls.parameters(), nodes.connectTimeout());
        Cluster cluster = new Cluster(
                nodes.connect(credentials.header(), handshake),
                new Failures(nodes, credentials, handshake, clock),
                nodes.limit());
        return new ElasticsearchDestination(
                cluster,
                new BulkCreate(cluster, dataStream),
                new Documents(log.logId(), index, clock),
                installTemplate ? new IndexTemplate(index, dataStream) : null);
    }

    private SSLContext context(TlsOptions options) throws IOException {
        return caFingerprint == null ? options.context() : options.context(new PinnedAuthority(caFingerprint));
    }

    @Override
    public String toString() {
        return "elasticsearch on %s, %s %s".formatted(nodes, dataStream ? "data stream" : "index", index);
    }
}
