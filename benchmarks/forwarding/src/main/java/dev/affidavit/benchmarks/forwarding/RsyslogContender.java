package dev.affidavit.benchmarks.forwarding;

import dev.affidavit.testkit.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The peer: rsyslog reads the file (imfile) and sends it by RELP (omrelp), with its defaults but for the sizes.
 *
 * @param window how many messages may be without an answer
 */
record RsyslogContender(String name, int window) implements Contender {
    /** With this name it is what the others are compared with. */
    static final String PEER = "rsyslog-omrelp";

    /** The default is smaller than a batch of rsyslog's, so that it waits for the kernel to send what it holds back. */
    static final int TUNED_WINDOW = 5000;

    static final int DEFAULT_WINDOW = 128;

    private static final String CONFIGURATION = """
            global(workDirectory="%1$s" maxMessageSize="2m")
            module(load="imfile")
            module(load="omrelp")
            template(name="line" type="string"
              string="<%%PRI%%>1 %%TIMESTAMP:::date-rfc3339%% %%HOSTNAME%% %%APP-NAME%% - - - %%msg%%")
            input(type="imfile" file="%2$s" tag="audit" ruleset="relay")
            ruleset(name="relay") { action(type="omrelp" target="127.0.0.1" port="%3$d" template="line" windowSize="%4$d") }
            """;

    @Override
    public Usage carry(Source source, Path directory) throws IOException {
        Path rsyslogd = Program.find("rsyslogd")
                .orElseThrow(() ->
                        new IllegalStateException("rsyslogd is not installed: apt-get install rsyslog rsyslog-relp"));
        try (SyslogTarget receiver = SyslogTarget.relp(Files.createDirectory(directory.resolve("receiver")))) {
            Path configuration = directory.resolve("sender.conf");
            Files.writeString(
                    configuration, CONFIGURATION.formatted(directory, source.file(), receiver.port(), window));
            return Usage.of(
                    List.of(
                            rsyslogd.toString(),
                            "-n",
                            "-f",
                            configuration.toString(),
                            "-i",
                            directory.resolve("sender.pid").toString()),
                    directory.resolve("output"),
                    receiver,
                    source.events());
        }
    }
}
