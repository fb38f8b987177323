package dev.affidavit.examples;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.affidavit.statistics.AuditTrailMXBean;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What the run ends with, for a person or for a program. */
record Summary(Options options, Reckoning reckoning, Trail trail, Receiver receiver) {
    private static final String AGREE = "\nThe counts agree.";
    private static final String DO_NOT_AGREE = "\nTHE COUNTS DO NOT AGREE.";

    String text() {
        String types = reckoning.types().entrySet().stream()
                .map(type -> "%6d  %s%n".formatted(type.getValue(), type.getKey()))
                .collect(Collectors.joining());
        String forwarders = trail.bean().getForwarders().stream()
                .map("The forwarder: %s%n"::formatted)
                .collect(Collectors.joining());
        return types + counts() + statistics() + forwarders + (reckoning.agrees() ? AGREE : DO_NOT_AGREE);
    }

    private String counts() {
        return """

                %6d  requests to the shop under %s
                %6d  events recorded in %s
                %6d  events counted by the statistics, %d by JMX, %d by Micrometer
                %6d  events received by %s, byte for byte, %s%s

                """.formatted(
                        reckoning.requests(),
                        options.framework(),
                        reckoning.inFile(),
                        trail.file(),
                        reckoning.counted(),
                        reckoning.countedByJmx(),
                        reckoning.countedByMicrometer(),
                        reckoning.received(),
                        receiver,
                        reckoning.inOrder() ? "in order" : "OUT OF ORDER",
                        besides());
    }

    private String statistics() {
        AuditTrailMXBean bean = trail.bean();
        return "The statistics: %d failed, %d lost, %d not yet forced to the device (limits %d and %s), %d forces%n"
                .formatted(
                        bean.getFailed(),
                        bean.getLost(),
                        bean.getBuffered(),
                        bean.getBufferSize(),
                        bean.getFlushInterval(),
                        bean.getForces());
    }

    String json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("agree", reckoning.agrees());
        json.put("framework", options.framework().toString());
        json.put("requests", reckoning.requests());
        json.put("recorded", reckoning.inFile());
        json.put("counted", reckoning.counted());
        json.put("counted_by_jmx", reckoning.countedByJmx());
        json.put("counted_by_micrometer", reckoning.countedByMicrometer());
        json.put("received", reckoning.received());
        json.put("received_in_order", reckoning.inOrder());
        json.put("received_again", reckoning.repeated());
        json.put("received_of_earlier_runs", reckoning.others());
        json.put("receiver", receiver.toString());
        json.put("failed", trail.bean().getFailed());
        json.put("lost", trail.bean().getLost());
        json.put("file", trail.file().toString());
        json.put("event_types", reckoning.types());
        try {
            return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private String besides() {
        String again = reckoning.repeated() == 0 ? "" : "; %d of them again".formatted(reckoning.repeated());
        String others =
                reckoning.others() == 0 ? "" : "; and %d that an earlier run left over".formatted(reckoning.others());
        return again + others;
    }
}
