/**
 * Certificates, keys and trust of a forwarder: which options they have, how they become a context of the JDK, and what to
 * tell a person when two sides do not get on.
 */
package dev.affidavit.forward.tls;
