package dev.affidavit.examples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ClientAddressTest {
    private static final InetSocketAddress PROXY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 50_000);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "for=203.0.113.7                                     | 203.0.113.7         | 0",
                "for=\"203.0.113.7:4711\"                            | 203.0.113.7         | 4711",
                "proto=https; For=\"[2001:db8::7]:4711\";by=10.0.0.1 | 2001:db8:0:0:0:0:0:7 | 4711",
                "for=198.51.100.1, for=203.0.113.7                   | 203.0.113.7         | 0"
            })
    void shouldTakeTheLastEntryOfTheProxy(String forwarded, String address, int port) {
        InetSocketAddress client = ClientAddress.of(PROXY, forwarded);

        assertThat(client.getAddress().getHostAddress()).isEqualTo(address);
        assertThat(client.getPort()).isEqualTo(port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "for=unknown",
                "for=_hidden",
                "for=evil.example.com",
                "for=999.1.1.1",
                "for=\"[::g]\"",
                "by=1.2.3.4"
            })
    void shouldTakeThePeerForWhatIsNoAddress(String forwarded) {
        assertThat(ClientAddress.of(PROXY, forwarded)).isEqualTo(PROXY);
    }

    @Test
    void shouldNotBelieveAPeerThatIsNotTheProxy() throws UnknownHostException {
        byte[] elsewhere = {(byte) 198, 51, 100, 1};
        InetSocketAddress peer = new InetSocketAddress(InetAddress.getByAddress(elsewhere), 50_000);

        assertThat(ClientAddress.of(peer, "for=203.0.113.7")).isEqualTo(peer);
    }
}
