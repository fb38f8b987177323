package dev.affidavit.forward.splunk;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.affidavit.forward.tls.TlsOptions;
import dev.affidavit.forward.tls.TlsStamp;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client of all that is opened at one collector: a client has a thread and descriptors, Java 17 cannot close it, and after
 * every failure the collector is opened again. Another one is made when a file of certificates or keys was renewed.
 * Thread-safe.
 */
final class Connector {
    private final Collector collector;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private @Nullable HttpClient client;

    @GuardedBy("lock")
    private @Nullable TlsStamp madeOf;

    Connector(Collector collector) {
        this.collector = collector;
    }

    /** To be asked for each request: a client makes connections of its own accord, out of the files that it was made of. */
    HttpClient client() throws IOException {
        lock.lock();
        try {
            TlsOptions tls = collector.tls();
            TlsStamp files = tls == null ? null : tls.stamp();
            HttpClient made = client;
            if (made == null || !Objects.equals(files, madeOf)) {
                made = make(tls);
                client = made;
                madeOf = files;
            }
            return made;
        } finally {
            lock.unlock();
        }
    }

    private HttpClient make(@Nullable TlsOptions tls) throws IOException {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER) // the token goes where the configuration says
                .connectTimeout(collector.connectTimeout());
        if (tls != null) {
            builder.sslContext(tls.context()).sslParameters(tls.parameters());
        }
        return builder.build();
    }
}
