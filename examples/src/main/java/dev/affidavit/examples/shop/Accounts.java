package dev.affidavit.examples.shop;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Who can log in. Thread-safe. */
public final class Accounts {
    private final Map<String, Account> byName = new ConcurrentHashMap<>();
    private final Passwords passwords;
    /** Checked in place of the hash of an account that does not exist, so that both cases take the same time. */
    private final String nobodysHash;

    public Accounts(Passwords passwords) {
        this.passwords = passwords;
        this.nobodysHash = passwords.hash("");
    }

    public void add(String name, Role role, String password) {
        byName.put(name, new Account(name, role, passwords.hash(password)));
    }

    Optional<Account> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The account, if there is one of that name and this is its password. */
    Optional<Account> authenticate(String name, String password) {
        Optional<Account> account = find(name);
        boolean matches =
                Passwords.matches(password, account.map(Account::passwordHash).orElse(nobodysHash));
        return matches ? account : Optional.empty();
    }

    /** Changes an account, if it exists. If {@code change} throws, the account stays as it is. */
    Optional<Account> change(String name, UnaryOperator<Account> change) {
        return Optional.ofNullable(byName.computeIfPresent(name, (key, account) -> change.apply(account)));
    }
}
