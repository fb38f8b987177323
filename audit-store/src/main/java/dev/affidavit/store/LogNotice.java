package dev.affidavit.store;

/** Something the listener is to be told, once no lock is held. */
interface LogNotice {
    void tell(LogListener listener);
}
