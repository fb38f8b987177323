/**
 * What every destination and every listener must keep, whoever wrote it: {@link
 * dev.affidavit.testkit.extension.DestinationContract}, run over a {@link
 * dev.affidavit.testkit.extension.DestinationUnderTest}, and {@link
 * dev.affidavit.testkit.extension.AuditListenerContract}. Extend one with a test class of your own.
 */
@NullMarked
package dev.affidavit.testkit.extension;

import org.jspecify.annotations.NullMarked;
