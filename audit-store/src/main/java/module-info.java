/** A durable, append-only log of opaque lines. */
@org.jspecify.annotations.NullMarked
module dev.affidavit.store {
    requires static com.google.errorprone.annotations;
    requires static org.jspecify;

    exports dev.affidavit.seal;
    exports dev.affidavit.store;
    exports dev.affidavit.verify;
}
