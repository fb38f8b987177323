/** The destination {@code database}. */
@org.jspecify.annotations.NullMarked
module dev.affidavit.forward.database {
    requires com.fasterxml.jackson.core;
    requires dev.affidavit.core;
    requires dev.affidavit.forward.tls;
    requires java.sql;
    requires static com.google.errorprone.annotations;
    requires static org.jspecify;

    // Drivers are asked for by name; this brings them into the module graph.
    uses java.sql.Driver;

    provides dev.affidavit.spi.DestinationProvider with
            dev.affidavit.forward.database.DatabaseProvider;
}
