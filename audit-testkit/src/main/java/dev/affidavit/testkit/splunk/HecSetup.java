package dev.affidavit.testkit.splunk;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** How a {@link FakeSplunk} is set up. Not thread-safe, and not to be changed once it is started. */
public final class HecSetup {
    public static final String TOKEN = "12345678-1234-1234-1234-1234567890ab";

    int port;
    boolean useAck;
    int falseAnswers;
    boolean requireCookie;
    boolean clientCertificate;
    int maxContentLength = Integer.MAX_VALUE;
    int cloudLimit = Integer.MAX_VALUE;
    Set<String> indexes = Set.of();
    int refusalCode;
    Predicate<String> refused = event -> false;
    boolean ackIdWithRefusal = true;

    @Nullable
    SSLContext tls;

    @Nullable
    Path file;

    /** Any free one otherwise. */
    @CanIgnoreReturnValue
    public HecSetup port(int value) {
        port = value;
        return this;
    }

    /**
     * The token acknowledges: events are indexed once they were asked for more than so many times, and are lost until
     * then if it ends.
     */
    @CanIgnoreReturnValue
    public HecSetup useAck(int falseAnswersBefore) {
        useAck = true;
        falseAnswers = falseAnswersBefore;
        return this;
    }

    /** Speaks TLS. */
    @CanIgnoreReturnValue
    public HecSetup tls(SSLContext context, boolean requireClientCertificate) {
        tls = context;
        clientCertificate = requireClientCertificate;
        return this;
    }

    /** A longer body, as it is sent, is answered with 413. */
    @CanIgnoreReturnValue
    public HecSetup maxContentLength(int bytes) {
        maxContentLength = bytes;
        return this;
    }

    /** A longer body, uncompressed, is answered as Splunk Cloud does: 400, code 6, event 0. */
    @CanIgnoreReturnValue
    public HecSetup cloudLimit(int bytes) {
        cloudLimit = bytes;
        return this;
    }

    /** Those that the token may use; all otherwise. */
    @CanIgnoreReturnValue
    public HecSetup indexes(String... names) {
        indexes = Set.of(names);
        return this;
    }

    /** Events whose text is such are answered with the code, which names them. */
    @CanIgnoreReturnValue
    public HecSetup refuse(int code, Predicate<String> event) {
        refusalCode = code;
        refused = event;
        return this;
    }

    /** Events before a refused one are not acknowledged. */
    @CanIgnoreReturnValue
    public HecSetup noAckIdWithRefusal() {
        ackIdWithRefusal = false;
        return this;
    }

    /** Requests but those for health need a cookie of the load balancer. */
    @CanIgnoreReturnValue
    public HecSetup requireCookie() {
        requireCookie = true;
        return this;
    }

    /** What is indexed is added to this file, a line for each event. */
    @CanIgnoreReturnValue
    public HecSetup file(Path value) {
        file = value;
        return this;
    }
}
