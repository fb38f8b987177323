package dev.affidavit.forward.elasticsearch;

import dev.affidavit.spi.Delivery;
import dev.affidavit.spi.Destination;
import dev.affidavit.spi.DestinationBusyException;
import dev.affidavit.spi.ForwardedLine;
import dev.affidavit.spi.MisconfiguredDestinationException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Stores lines in a cluster, which answers for each of them. A line whose members the server refuses, as when one of them does
 * not fit the mapping, is sent once more as a text; only if it does not take that either it is refused.
 */
final class ElasticsearchDestination implements Destination {
    private final Cluster cluster;
    private final BulkCreate bulk;
    private final Documents documents;

    /** Null if it is not wanted, or has been looked after. */
    private @Nullable IndexTemplate template;

    ElasticsearchDestination(Cluster cluster, BulkCreate bulk, Documents documents, @Nullable IndexTemplate template) {
        this.cluster = cluster;
        this.bulk = bulk;
        this.documents = documents;
        this.template = template;
    }

    @Override
    public Delivery deliver(List<ForwardedLine> lines) throws IOException {
        if (template != null) {
            template.install(cluster);
            template = null;
        }
        List<Document> whole = lines.stream().map(documents::of).toList();
        List<Verdict> verdicts = new ArrayList<>(bulk.store(whole));
        int settled = settled(verdicts);
        if (settled == 0) {
            throw failure(verdicts.get(0));
        }
        sendAsText(lines, whole, verdicts.subList(0, settled));
        settled = settled(verdicts);
        if (settled == 0) {
            throw failure(verdicts.get(0));
        }
        return new Delivery(settled, refusals(verdicts.subList(0, settled)));
    }

    private static int settled(List<Verdict> verdicts) {
        return (int) verdicts.stream().takeWhile(Verdict::isSettled).count();
    }

    private void sendAsText(List<ForwardedLine> lines, List<Document> whole, List<Verdict> verdicts)
            throws IOException {
        List<Integer> refused = IntStream.range(0, verdicts.size())
                .filter(i -> verdicts.get(i).kind() == Verdict.Kind.REFUSED
                        && whole.get(i).whole())
                .boxed()
                .toList();
        if (refused.isEmpty()) {
            return;
        }
        List<Verdict> second = bulk.store(
                refused.stream().map(i -> documents.wrapped(lines.get(i))).toList());
        for (int i = 0; i < refused.size(); i++) {
            Verdict verdict = second.get(i);
            if (verdict.kind() != Verdict.Kind.REFUSED) { // else what it said of the members is of more use
                verdicts.set(refused.get(i), verdict);
            }
        }
    }

    private static List<Delivery.Refusal> refusals(List<Verdict> verdicts) {
        return IntStream.range(0, verdicts.size())
                .filter(i -> verdicts.get(i).isRefused())
                .mapToObj(i -> new Delivery.Refusal(i, verdicts.get(i).reason()))
                .toList();
    }

    private static IOException failure(Verdict verdict) {
        return verdict.kind() == Verdict.Kind.MISCONFIGURED
                ? new MisconfiguredDestinationException(verdict.reason())
                : new DestinationBusyException(verdict.reason(), Duration.ZERO);
    }

    @Override
    public void close() throws IOException {
        cluster.close();
    }
}
