/**
 * Syslog receivers: {@link dev.affidavit.testkit.syslog.RsyslogServer} is a real one, {@link
 * dev.affidavit.testkit.syslog.SyslogReceiver} a strict one that a test can make misbehave.
 */
@NullMarked
package dev.affidavit.testkit.syslog;

import org.jspecify.annotations.NullMarked;
