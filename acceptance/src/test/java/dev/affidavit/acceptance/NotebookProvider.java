package dev.affidavit.acceptance;

import dev.affidavit.config.Options;
import dev.affidavit.spi.Delivery;
import dev.affidavit.spi.Destination;
import dev.affidavit.spi.DestinationFactory;
import dev.affidavit.spi.DestinationProvider;
import dev.affidavit.spi.ForwardedLine;
import dev.affidavit.spi.LogIdentity;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A destination that adds each line to a file elsewhere, but for one that it refuses for good. */
public final class NotebookProvider implements DestinationProvider {
    static final String NAME = "notebook";
    /** What an event says that is refused. */
    static final String UNWELCOME = "nobody takes this";

    /** The system property that names the file. */
    static final String FILE = "acceptance.notebook";

    /** For the ServiceLoader. */
    public NotebookProvider() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public DestinationFactory configure(Options options) {
        options.text("host", "");
        options.text("port", "");
        return new Factory(System.getProperty(FILE));
    }

    private record Factory(String file) implements DestinationFactory {
        @Override
        public Destination open(LogIdentity log) throws IOException {
            return new Notebook(new FileOutputStream(file, true));
        }
    }

    private record Notebook(FileOutputStream file) implements Destination {
        @Override
        public Delivery deliver(List<ForwardedLine> lines) throws IOException {
            List<Delivery.Refusal> refusals = new ArrayList<>();
            for (int i = 0; i < lines.size(); i++) {
                if (UNWELCOME.equals(lines.get(i).field("description"))) {
                    refusals.add(new Delivery.Refusal(i, "as it was told"));
                } else {
                    byte[] line = lines.get(i).json();
                    byte[] ended = Arrays.copyOf(line, line.length + 1);
                    ended[line.length] = '\n';
                    file.write(ended);
                }
            }
            return new Delivery(lines.size(), refusals);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
