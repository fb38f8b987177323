package dev.affidavit.testkit.splunk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Splunk's documents say that it answers. Guarded by its owner. */
final class HecRules {
    private static final Pattern GUID = Pattern.compile("[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}");
    private static final Pattern ONE_ACK = Pattern.compile("\\{\"acks\":\\[(\\d+)\\]\\}");

    private final HecSetup setup;
    private final Consumer<String> violations;
    private final Consumer<List<HecEvent>> index;
    private final AckBook acks = new AckBook();

    HecRules(HecSetup setup, Consumer<String> violations, Consumer<List<HecEvent>> index) {
        this.setup = setup;
        this.violations = violations;
        this.index = index;
    }

    /** What was not acknowledged was in memory. */
    void restart() {
        acks.forget();
    }

    HecReply answer(HecRequest request, String cookie) throws IOException {
        requireGoodManners(request);
        return switch (request.path()) {
            case "/services/collector/health", "/services/collector/health/1.0" -> HecReply.ofCode(200, 17);
            case "/services/collector", "/services/collector/event", "/services/collector/event/1.0" ->
                ifAllowed(request, cookie, this::take);
            case "/services/collector/ack" -> ifAllowed(request, cookie, this::acknowledge);
            default -> HecReply.of(404, "The requested URL was not found on this server.");
        };
    }

    /** Splunk would take most of this, to somebody's loss. */
    private void requireGoodManners(HecRequest request) {
        require(request.requestLine().endsWith(" HTTP/1.1"), "not HTTP/1.1: " + request.requestLine());
        require(request.header("user-agent") != null, "no User-Agent: Splunk goes back to HTTP/1.0");
        require(request.header("upgrade") == null, "an Upgrade to another protocol");
        require(request.header("transfer-encoding") == null, "chunks");
        if (request.isPost()) {
            require(request.contentLength() > 0, "a POST without Content-Length");
            String coding = request.header("content-encoding");
            require(coding == null || coding.equals("gzip"), "a coding that Splunk does not take: " + coding);
            require("application/json".equals(request.header("content-type")), "another Content-Type than JSON");
        }
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            violations.accept(otherwise);
        }
    }

    private HecReply ifAllowed(HecRequest request, String cookie, BiFunction<HecRequest, byte[], HecReply> then)
            throws IOException {
        if (request.contentLength() > setup.maxContentLength) {
            return HecReply.of(413, "Content-Length of %d too large".formatted(request.contentLength()));
        }
        if (setup.requireCookie && !String.valueOf(request.header("cookie")).contains(cookie)) {
            return HecReply.of(400, "a cookie of the load balancer is required");
        }
        int code = codeOfToken(request.header("authorization"));
        if (code != 0) {
            return HecReply.ofCode(code == 4 ? 403 : 401, code);
        }
        if (setup.useAck) {
            String channel = channel(request);
            if (channel == null || !GUID.matcher(channel).matches()) {
                return HecReply.ofCode(400, channel == null ? 10 : 11);
            }
        }
        return then.apply(request, request.body());
    }

    private static int codeOfToken(@Nullable String authorization) {
        if (authorization == null) {
            return 2;
        }
        if (!authorization.startsWith("Splunk ")) {
            return 3;
        }
        return authorization.equals("Splunk " + HecSetup.TOKEN) ? 0 : 4;
    }

    private static @Nullable String channel(HecRequest request) {
        String header = request.header("x-splunk-request-channel");
        return header == null ? request.parameter("channel") : header;
    }

    private HecReply take(HecRequest request, byte[] plain) {
        if (plain.length > setup.cloudLimit) {
            return HecReply.ofEvent(400, 6, 0);
        }
        EventBody body;
        try {
            body = EventBody.parse(plain, setup, violations);
        } catch (IOException e) {
            violations.accept(String.valueOf(e));
            return HecReply.ofCode(400, 6);
        }
        int count = body.events().size();
        String ackId = count == 0 ? "" : ",\"ackId\":" + keep(channel(request), body.events());
        if (!setup.useAck || (body.code() != 0 && !setup.ackIdWithRefusal)) {
            ackId = "";
        }
        if (body.code() == 0) {
            return HecReply.of(200, "{\"text\":\"Success\",\"code\":0%s}".formatted(ackId));
        }
        if (body.code() == 5) {
            return HecReply.ofCode(400, 5);
        }
        int bad = body.code() == 7 ? count + 1 : count; // of a wrong index the number is one too high
        return HecReply.of(
                400, "{\"text\":\"no\",\"code\":%d,\"invalid-event-number\":%d%s}".formatted(body.code(), bad, ackId));
    }

    private long keep(@Nullable String channel, List<HecEvent> events) {
        if (setup.useAck && channel != null) {
            return acks.add(channel, events, setup.falseAnswers);
        }
        index.accept(events);
        return 0;
    }

    private HecReply acknowledge(HecRequest request, byte[] body) {
        if (!setup.useAck) {
            return HecReply.ofCode(400, 14);
        }
        Matcher question = ONE_ACK.matcher(new String(body, StandardCharsets.UTF_8));
        if (!question.matches()) {
            violations.accept("not one ack: " + question);
            return HecReply.ofCode(400, 6);
        }
        String channel = String.valueOf(request.parameter("channel"));
        require(channel.equals(request.header("x-splunk-request-channel")), "two channels in one question");
        long id = Long.parseLong(question.group(1));
        boolean indexed = acks.ask(channel, id, index);
        return HecReply.of(200, "{\"acks\":{\"%d\":%b}}".formatted(id, indexed));
    }
}
