/**
 * The destination {@code syslog}: RFC 5424 over TCP with octet counting (RFC 6587). {@link
 * dev.affidavit.forward.syslog.SyslogProvider} reads its options; {@link dev.affidavit.forward.syslog.Header} is all that
 * stands before an event in a message, {@link dev.affidavit.forward.syslog.TcpConnection} all that is known of sockets.
 *
 * <p><b>What plain TCP cannot promise.</b> Syslog over TCP has no receipt. A write that succeeds says that the kernel of
 * this machine has the bytes, not that the receiver has read or stored them. An event that was written when the receiver
 * was killed, or while it was stalled and then killed, may be lost without any error; measured, a stopped receiver let the
 * kernels take 3.9 MB. This destination looks for the end of the connection before and after each write, and sends a
 * batch again whose connection failed; what was in the kernels' buffers before that batch it cannot know. The log keeps
 * it all the same: compare the SIEM's copy with the log. The bytes travel unencrypted and go to whoever answers.
 *
 * <p><b>What the receiver must allow.</b> A message is the event's line whole, up to 1 MiB, and never cut. Many receivers
 * cut or refuse what is longer than 8 KB unless told otherwise (rsyslog: {@code maxMessageSize} in {@code global()}, and
 * {@code maxFrameSize} of {@code imtcp}; syslog-ng: {@code log-msg-size()}).
 */
@NullMarked
package dev.affidavit.forward.syslog;

import org.jspecify.annotations.NullMarked;
