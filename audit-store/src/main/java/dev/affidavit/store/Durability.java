package dev.affidavit.store;

/** What has happened to a line when {@link LogWriter#append} returns. */
public enum Durability {
    /** The line is in the kernel: it survives the death of this process, and a power cut once it is forced. */
    WRITTEN,
    /** The line is on the device: it survives a power cut. Callers that wait at the same time share one force. */
    SYNCED
}
