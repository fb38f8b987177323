package dev.affidavit.testkit.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.testkit.RequiresProgram;
import dev.affidavit.testkit.appender.FrameworkUnderTest;
import dev.affidavit.testkit.appender.Setup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;

/** Every hostile text, in every place of an event, by every way there: the line says exactly that text. */
@RequiresProgram({"python3", "jq"})
public abstract class HostileFieldsContract {
    @TempDir
    private Path temporary;

    private final FrameworkUnderTest framework;
    private Conversation conversation = new Conversation(Path.of("unused"));

    protected HostileFieldsContract(FrameworkUnderTest framework) {
        this.framework = framework;
    }

    /** The ways that only this framework has. */
    protected Map<String, Route> furtherRoutes() {
        return Map.of();
    }

    @BeforeEach
    void configure() {
        Path directory = temporary.resolve("log");
        framework.configure(Setup.in(directory).with("contextKeys", "*"));
        conversation = new Conversation(directory);
    }

    @AfterEach
    void unconfigure() {
        MDC.clear();
        framework.unconfigure();
    }

    @Test
    void shouldSayEveryTextInEveryPlaceByEveryRoute() {
        List<String> texts = HostileTexts.all();
        routes().forEach((name, route) -> HostileFields.all(texts).forEach(fields -> say(name, route, fields)));

        conversation.requireRead(temporary);
        assertThat(conversation.size()).isGreaterThan(800);
    }

    @Test
    void shouldLookNothingUp() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<String> texts = HostileTexts.lookups(server.getLocalPort());
            routes().forEach((name, route) -> HostileFields.all(texts).forEach(fields -> say(name, route, fields)));

            conversation.requireRead(temporary);
            server.setSoTimeout(1); // whoever came is in the queue already: no lookup outlives its call
            try {
                throw new AssertionError("connected: " + server.accept());
            } catch (SocketTimeoutException expected) {
                assertThat(conversation.size()).isGreaterThan(40);
            }
        }
    }

    private Map<String, Route> routes() {
        Map<String, Route> routes = new LinkedHashMap<>(Routes.all());
        routes.putAll(furtherRoutes());
        return routes;
    }

    private void say(String name, Route route, HostileFields fields) {
        try {
            conversation.add(route.log(fields));
        } catch (RuntimeException e) {
            throw new AssertionError(name + ": " + fields, e);
        }
    }
}
