package dev.affidavit.forward.elasticsearch;

import co.elastic.clients.json.jackson.JacksonJsonpMapper;
import co.elastic.clients.transport.ElasticsearchTransport;
import co.elastic.clients.transport.instrumentation.NoopInstrumentation;
import co.elastic.clients.transport.rest_client.RestClientTransport;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.apache.http.Header;
import org.apache.http.HttpHost;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.conn.ssl.DefaultHostnameVerifier;
import org.apache.http.impl.nio.client.HttpAsyncClientBuilder;
import org.apache.http.impl.nio.reactor.IOReactorConfig;
import org.apache.http.message.BasicHeader;
import org.apache.http.nio.conn.ssl.SSLIOSessionStrategy;
import org.elasticsearch.client.RestClient;
import org.elasticsearch.client.RestClientBuilder;
import org.jspecify.annotations.Nullable;

/** Where a cluster is: nodes that stand for each other, all of one scheme and path. */
record Nodes(List<URI> urls, Duration connectTimeout, Duration timeout) {
    boolean speakTls() {
        return urls.stream().allMatch(url -> "https".equals(url.getScheme()));
    }

    /** How long one request can take that tries them all. */
    Duration limit() {
        return connectTimeout.plus(timeout).multipliedBy(urls.size());
    }

    /** @param handshake null where no TLS is spoken */
    ElasticsearchTransport connect(@Nullable String authorization, @Nullable Handshake handshake) {
        RestClientBuilder builder = RestClient.builder(urls.stream()
                        .map(url -> new HttpHost(url.getHost(), url.getPort(), url.getScheme()))
                        .toArray(HttpHost[]::new))
                .setRequestConfigCallback(this::configure)
                .setHttpClientConfigCallback(http -> configure(http, handshake));
        if (authorization != null) {
            builder.setDefaultHeaders(new Header[] {new BasicHeader("Authorization", authorization)});
        }
        String path = urls.get(0).getPath();
        if (!path.isEmpty() && !path.equals("/")) {
            builder.setPathPrefix(path);
        }
        return new RestClientTransport(builder.build(), new JacksonJsonpMapper(), null, NoopInstrumentation.INSTANCE);
    }

    private RequestConfig.Builder configure(RequestConfig.Builder request) {
        return request.setConnectTimeout(Math.toIntExact(connectTimeout.toMillis()))
                .setSocketTimeout(Math.toIntExact(timeout.toMillis()))
                .setRedirectsEnabled(false); // the credentials would go along
    }

    private static HttpAsyncClientBuilder configure(HttpAsyncClientBuilder http, @Nullable Handshake handshake) {
        http.setThreadFactory(Nodes::thread)
                .setDefaultIOReactorConfig(
                        IOReactorConfig.custom().setIoThreadCount(1).build())
                .disableCookieManagement()
                // The client would log each of them, with each batch.
                .addInterceptorLast((org.apache.http.HttpResponseInterceptor)
                        (response, where) -> response.removeHeaders("Warning"));
        if (handshake != null) {
            http.setSSLStrategy(new VerifyingStrategy(handshake));
        }
        return http;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "affidavit-elasticsearch");
        thread.setDaemon(true);
        return thread;
    }

    /** Lets the JVM verify the host's name within the handshake, whose errors can be explained; the client looks again. */
    private static final class VerifyingStrategy extends SSLIOSessionStrategy {
        private final SSLParameters parameters;

        VerifyingStrategy(Handshake handshake) {
            super(handshake.context(), new DefaultHostnameVerifier());
            this.parameters = handshake.parameters();
        }

        @Override
        protected void initializeEngine(SSLEngine engine) {
            engine.setSSLParameters(parameters);
        }
    }

    /** Hosts and ports, and nothing that could be secret. */
    @Override
    public String toString() {
        return urls.stream()
                .map(url -> url.getPort() < 0 ? url.getHost() : url.getHost() + ":" + url.getPort())
                .collect(Collectors.joining(", "));
    }
}
