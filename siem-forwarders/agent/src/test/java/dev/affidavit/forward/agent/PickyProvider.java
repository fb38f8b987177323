package dev.affidavit.forward.agent;

import dev.affidavit.config.Options;
import dev.affidavit.config.Secret;
import dev.affidavit.spi.Delivery;
import dev.affidavit.spi.Delivery.Refusal;
import dev.affidavit.spi.Destination;
import dev.affidavit.spi.DestinationFactory;
import dev.affidavit.spi.DestinationProvider;
import dev.affidavit.spi.ForwardedLine;
import dev.affidavit.spi.LogIdentity;
import dev.affidavit.spi.MisconfiguredDestinationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The destination {@code picky}: a file, which takes no line that holds the text {@code refuse}, and nothing without its token. */
public final class PickyProvider implements DestinationProvider {
    private static final String TOKEN = "hunter2";

    /** For the ServiceLoader. */
    public PickyProvider() {}

    @Override
    public String name() {
        return "picky";
    }

    @Override
    public DestinationFactory configure(Options options) {
        return new PickyFile(
                Objects.requireNonNull(options.file("file", Path.of("picky"))),
                options.text("refuse"),
                options.secret("token"));
    }

    private record PickyFile(
            Path file, @Nullable String refuse, @Nullable Secret token) implements DestinationFactory {
        @Override
        public Destination open(LogIdentity log) throws IOException {
            if (token != null && !token.reveal().equals(TOKEN)) {
                throw new MisconfiguredDestinationException("wrong token");
            }
            return new Destination() {
                @Override
                public Delivery deliver(List<ForwardedLine> lines) throws IOException {
                    List<Refusal> refusals = new ArrayList<>();
                    for (int i = 0; i < lines.size(); i++) {
                        String line = new String(lines.get(i).json(), StandardCharsets.UTF_8);
                        if (refuse != null && line.contains(refuse)) {
                            refusals.add(new Refusal(i, "I do not like it\u001b[2J"));
                        } else {
                            Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                        }
                    }
                    return new Delivery(lines.size(), refusals);
                }

                @Override
                public void close() {}
            };
        }
    }
}
