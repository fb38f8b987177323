package dev.affidavit.examples.shop;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds out where a request came from. Behind a proxy that is what the proxy says in the header {@code Forwarded} (RFC 7239).
 * Anybody can send that header, so it counts only if the peer is the proxy, here one on this host; and of several entries
 * only the last, which the proxy itself added. Otherwise an attacker would choose the address in the audit log.
 */
final class ClientAddress {
    private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";
    private static final String IPV4 = OCTET + "(?:\\." + OCTET + "){3}";
    private static final String IPV6 = "\\[[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*\\]";
    /** Addresses only: no name is ever looked up because a request asks for it. */
    private static final Pattern FOR = Pattern.compile(
            "(?i)(?:^|.*;)\\s*for=\"?(" + IPV4 + "|" + IPV6 + ")(?::(\\d{1,4}|[1-5]\\d{4}))?\"?\\s*(?:;.*|$)");

    private ClientAddress() {}

    static InetSocketAddress of(InetSocketAddress peer, @Nullable String forwarded) {
        if (forwarded == null || !peer.getAddress().isLoopbackAddress()) {
            return peer;
        }
        Matcher last = FOR.matcher(forwarded.substring(forwarded.lastIndexOf(',') + 1));
        return last.matches() ? parse(last.group(1), last.group(2), peer) : peer;
    }

    private static InetSocketAddress parse(String address, @Nullable String port, InetSocketAddress peer) {
        try {
            return new InetSocketAddress(InetAddress.getByName(address), port == null ? 0 : Integer.parseInt(port));
        } catch (UnknownHostException e) {
            return peer;
        }
    }
}
