package dev.affidavit.testkit.tls;

import java.nio.file.Path;

/**
 * A certificate with its key, in the forms that clients and servers read.
 *
 * @param certificate PEM, with the authority's behind it
 * @param key PEM, PKCS#8, not encrypted
 * @param keyStore PKCS#12 with both, of the password {@link TestCertificates#PASSWORD}
 */
public record TestIdentity(Path certificate, Path key, Path keyStore) {}
