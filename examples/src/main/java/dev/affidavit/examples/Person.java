package dev.affidavit.examples;

import dev.affidavit.examples.shop.Role;
import java.security.SecureRandom;
import java.util.Base64;

/** Somebody who has an account, with a password that is made anew each time. */
record Person(String name, Role role, String password) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int PASSWORD_BYTES = 12;

    Person(String name, Role role) {
        this(name, role, newPassword());
    }

    private static String newPassword() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
