/**
 * What every appender must do, whatever its framework: {@link dev.affidavit.testkit.appender.AppenderContract},
 * {@link dev.affidavit.testkit.appender.RecordingContract}, {@link
 * dev.affidavit.testkit.appender.ListenerContract}, {@link dev.affidavit.testkit.appender.ReloadContract}, {@link
 * dev.affidavit.testkit.appender.SealContract} and {@link
 * dev.affidavit.testkit.appender.BadConfigurationContract}, run over a {@link
 * dev.affidavit.testkit.appender.FrameworkUnderTest}.
 */
@NullMarked
package dev.affidavit.testkit.appender;

import org.jspecify.annotations.NullMarked;
