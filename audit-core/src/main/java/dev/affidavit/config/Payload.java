package dev.affidavit.config;

/** What a forwarder carries of an encrypted line. */
public enum Payload {
    /** The line that was encrypted: the forwarder needs its key. */
    PLAIN,
    /** The line as it stands in the log: nobody on the way can read it. */
    ENCRYPTED
}
