/** Encryption of a log's lines. */
@org.jspecify.annotations.NullMarked
module dev.affidavit.encryption {
    requires com.nimbusds.jose.jwt;
    requires transitive dev.affidavit.core;
    requires static com.google.errorprone.annotations;
    requires static org.jspecify;

    exports dev.affidavit.encryption;

    uses dev.affidavit.encryption.KeyProvider;

    provides dev.affidavit.spi.EncryptionProvider with
            dev.affidavit.encryption.ConfiguredKeys;
}
