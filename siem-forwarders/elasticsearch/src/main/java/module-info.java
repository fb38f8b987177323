/** The destination {@code elasticsearch}. */
@org.jspecify.annotations.NullMarked
module dev.affidavit.forward.elasticsearch {
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires dev.affidavit.core;
    requires dev.affidavit.forward.tls;
    requires elasticsearch.java;
    requires elasticsearch.rest.client;
    requires jakarta.json;
    requires org.apache.httpcomponents.httpasyncclient;
    requires org.apache.httpcomponents.httpclient;
    requires org.apache.httpcomponents.httpcore;
    requires org.apache.httpcomponents.httpcore.nio;
    requires static com.google.errorprone.annotations;
    requires static org.jspecify;

    provides dev.affidavit.spi.DestinationProvider with
            dev.affidavit.forward.elasticsearch.ElasticsearchProvider;
}
