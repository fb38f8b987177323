/**
 * The destination {@code syslog}: messages of RFC 5424 over UDP (RFC 5426), TCP (RFC 6587), TLS (RFC 5425) and RELP. {@link
 * dev.affidavit.forward.syslog.SyslogProvider} reads its options, {@link dev.affidavit.forward.syslog.Encoder} makes messages of lines,
 * and there is a {@link dev.affidavit.spi.Destination} for each way in which a receiver answers: not at all by datagram, not at
 * all by stream, and with RELP. {@link dev.affidavit.forward.syslog.TcpConnection} is all that is known of streams, {@link
 * dev.affidavit.forward.syslog.Waiting} all that is known of waiting.
 *
 * <p><b>What syslog cannot promise.</b> Over UDP, TCP and TLS it has no receipt. A write that succeeds says that the kernel of
 * this machine has the bytes, not that the receiver has read or stored them. An event that was written when the receiver
 * was killed, or while it was stalled and then killed, may be lost without any error; measured, a stopped receiver let the
 * kernels take 3.9 MB. A stream is looked at before and after each write, and a batch sent again whose connection failed;
 * what was in the kernels' buffers before that batch nobody can know. The log keeps it all the same: compare the SIEM's copy
 * with the log, or use RELP, where each message is acknowledged.
 */
@NullMarked
package dev.affidavit.forward.syslog;

import org.jspecify.annotations.NullMarked;
