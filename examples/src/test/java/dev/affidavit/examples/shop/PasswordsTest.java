package dev.affidavit.examples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PasswordsTest {
    private final Passwords passwords = new Passwords(1_000);

    @Test
    void shouldMatchThePasswordAlone() {
        String stored = passwords.hash("correct horse");

        assertThat(Passwords.matches("correct horse", stored)).isTrue();
        assertThat(Passwords.matches("correct horse ", stored)).isFalse();
        assertThat(Passwords.matches("", stored)).isFalse();
    }

    @Test
    void shouldHashTheSamePasswordDifferentlyEachTime() {
        assertThat(passwords.hash("secret"))
                .isNotEqualTo(passwords.hash("secret"))
                .doesNotContain("secret");
    }
}
