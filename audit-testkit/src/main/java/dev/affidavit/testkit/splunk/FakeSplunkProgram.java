package dev.affidavit.testkit.splunk;

import java.io.IOException;
import java.nio.file.Path;

/**
 * {@link FakeSplunk} as a process of its own, to be killed: what is not in its file then is lost. Arguments: port, file, and {@code ack} for
 * a token that acknowledges. Ends with its standard input.
 */
public final class FakeSplunkProgram {
    private FakeSplunkProgram() {}

    public static void main(String[] arguments) throws IOException {
        HecSetup setup = new HecSetup().port(Integer.parseInt(arguments[0])).file(Path.of(arguments[1]));
        if (arguments.length > 2) {
            setup.useAck(2);
        }
        try (FakeSplunk splunk = FakeSplunk.start(setup)) {
            System.out.println(splunk);
            while (System.in.read() >= 0) {
                // Nobody says anything.
            }
            splunk.violations().forEach(System.err::println);
        }
    }
}
