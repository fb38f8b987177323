package dev.affidavit.encryption;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class Base64UrlTest {
    @Test
    void shouldWriteAndReadWhatTheJdkDoes() {
        Random random = new Random(1);
        for (int length = 0; length < 300; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            byte[] expected = Base64.getUrlEncoder().withoutPadding().encode(bytes);

            byte[] text = new byte[expected.length + 2];
            int end = Base64Url.encode(bytes, 0, length, text, 1);
            byte[] back = new byte[length + 2];

            assertThat(end).isEqualTo(1 + expected.length).isEqualTo(1 + (int) Base64Url.encodedLength(length));
            assertThat(Arrays.copyOfRange(text, 1, end)).isEqualTo(expected);
            assertThat(Base64Url.decodedLength(expected.length)).isEqualTo(length);
            assertThat(Base64Url.decode(text, 1, expected.length, back, 1)).isTrue();
            assertThat(Arrays.copyOfRange(back, 1, 1 + length)).isEqualTo(bytes);
        }
    }

    @Test
    void shouldWriteLongTextsAsShortOnes() {
        Random random = new Random(2);
        Base64UrlWriter writer = new Base64UrlWriter();
        for (int length = 0; length < 7_000; length += length < 200 ? 1 : 7) {
            byte[] bytes = new byte[length + 1];
            random.nextBytes(bytes);
            byte[] expected = Base64.getUrlEncoder().withoutPadding().encode(Arrays.copyOfRange(bytes, 1, length + 1));
            byte[] text = new byte[expected.length + 3];

            assertThat(writer.write(bytes, 1, length, text, 3)).isEqualTo(text.length);
            assertThat(Arrays.copyOfRange(text, 3, text.length)).isEqualTo(expected);
        }
    }

    /** Every text of up to three characters, of the alphabet and its neighbours: read if the JDK writes it so, and only then. */
    @Test
    void shouldReadEachValueFromOneTextAlone() {
        String characters = "AQgwBZaz09-_+/=. \n";
        for (int number = 0; number < Math.pow(characters.length(), 3); number++) {
            String text = "" + characters.charAt(number % characters.length())
                    + characters.charAt(number / characters.length() % characters.length())
                    + characters.charAt(number / characters.length() / characters.length());
            for (int length = 0; length <= 3; length++) {
                String part = text.substring(0, length);
                byte[] back = new byte[2];

                boolean read = Base64Url.decode(part.getBytes(StandardCharsets.US_ASCII), 0, length, back, 0);

                assertThat(read)
                        .as(part)
                        .isEqualTo(Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString(Arrays.copyOf(back, Base64Url.decodedLength(length)))
                                .equals(part));
            }
        }
    }

    @Test
    void shouldRefuseAWrongCharacterAnywhereInAGroup() {
        for (int at = 0; at < 4; at++) {
            for (int value = 0; value < 256; value++) {
                byte[] text = "AAAA".getBytes(StandardCharsets.US_ASCII);
                text[at] = (byte) value;

                assertThat(Base64Url.decode(text, 0, 4, new byte[3], 0))
                        .isEqualTo(value < 128 && (Character.isLetterOrDigit(value) || value == '-' || value == '_'));
            }
        }
    }
}
