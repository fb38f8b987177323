package dev.affidavit.examples.shop;

/**
 * Somebody who can log in.
 *
 * @param passwordHash as {@link Passwords} made it
 */
record Account(String name, Role role, String passwordHash) {
    Account withRole(Role other) {
        return new Account(name, other, passwordHash);
    }
}
