/** The command line of the product. */
@org.jspecify.annotations.NullMarked
module dev.affidavit.cli {
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires dev.affidavit.encryption;
    requires dev.affidavit.forward;
    requires dev.affidavit.forward.agent;
    requires info.picocli;
    requires static com.google.errorprone.annotations;
    requires static org.jspecify;

    exports dev.affidavit.cli;

    // picocli sets the fields of commands, and Jackson reads records.
    opens dev.affidavit.cli;
}
