package dev.affidavit.forward.elasticsearch;

import co.elastic.clients.elasticsearch.indices.PutIndexTemplateRequest;
import co.elastic.clients.elasticsearch.indices.get_index_template.IndexTemplateItem;
import co.elastic.clients.json.JsonData;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.util.Map;
import java.util.Objects;

/**
 * How the documented fields are to be indexed, for every index of this name that is made from now on. It is a resource beside this
 * class, and in docs/.
 */
record IndexTemplate(IndexName index, boolean dataStream) {
    static final String RESOURCE = "index-template.json";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Puts it there if there is none of this name, or an older one of ours. */
    void install(Cluster cluster) throws IOException {
        ObjectNode template = json();
        if (isWanted(cluster, template.required("version").asLong())) {
            PutIndexTemplateRequest request = new PutIndexTemplateRequest.Builder()
                    .name(name())
                    .withJson(new StringReader(template.toString()))
                    .build();
            cluster.ask(client -> client.indices().putIndexTemplate(request));
        }
    }

    private boolean isWanted(Cluster cluster, long version) throws IOException {
        if (!cluster.ask(client -> client.indices().existsIndexTemplate(exists -> exists.name(name())))
                .value()) {
            return true;
        }
        return cluster
                .ask(client -> client.indices().getIndexTemplate(get -> get.name(name())))
                .indexTemplates()
                .stream()
                .map(IndexTemplateItem::indexTemplate)
                .allMatch(there -> isOurs(there.meta()) && Objects.requireNonNullElse(there.version(), 0L) < version);
    }

    private static boolean isOurs(Map<String, JsonData> meta) {
        JsonData by = meta.get("managed_by");
        return by != null && by.to(Object.class).equals("affidavit");
    }

    /** The name of the index, without its date. */
    String name() {
        String fixed = index.wildcard().replace("*", "").replaceAll("[._-]+$", "");
        return fixed.isEmpty() ? "affidavit" : "affidavit-" + fixed;
    }

    private ObjectNode json() throws IOException {
        try (InputStream in = Objects.requireNonNull(IndexTemplate.class.getResourceAsStream(RESOURCE))) {
            ObjectNode template = JSON.readValue(in, ObjectNode.class);
            template.putArray("index_patterns").add(index.wildcard());
            if (dataStream) {
                template.putObject("data_stream");
            }
            return template;
        }
    }
}
