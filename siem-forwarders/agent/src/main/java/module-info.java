/** The forwarding engine as a process of its own. */
@org.jspecify.annotations.NullMarked
module dev.affidavit.forward.agent {
    requires com.fasterxml.jackson.core;
    requires dev.affidavit.forward;
    requires info.picocli;
    requires org.snakeyaml.engine;
    requires static com.google.errorprone.annotations;
    requires static org.jspecify;

    exports dev.affidavit.forward.agent;

    // picocli sets the fields of commands.
    opens dev.affidavit.forward.agent;
}
