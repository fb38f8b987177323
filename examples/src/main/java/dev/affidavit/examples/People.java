package dev.affidavit.examples;

import dev.affidavit.examples.shop.Accounts;
import dev.affidavit.examples.shop.Passwords;
import dev.affidavit.examples.shop.Role;
import java.util.List;

/** Who has an account at the shop. */
final class People {
    /** Few, because these passwords are random, which makes them as hard to guess as their keys, and live for one run. */
    private static final int ITERATIONS = Passwords.RECOMMENDED_ITERATIONS / 60;

    final Person anna = new Person("anna", Role.CUSTOMER);
    final Person ben = new Person("ben", Role.CUSTOMER);
    final Person chloe = new Person("chloe", Role.CUSTOMER);
    final Person clerk = new Person("clara", Role.CLERK);
    final Person accountant = new Person("arthur", Role.ACCOUNTANT);
    final Person administrator = new Person("ada", Role.ADMINISTRATOR);
    final Person decoy = new Person("backup-admin", Role.DECOY);

    List<Person> all() {
        return List.of(anna, ben, chloe, clerk, accountant, administrator, decoy);
    }

    Accounts accounts() {
        Accounts accounts = new Accounts(new Passwords(ITERATIONS));
        all().forEach(person -> accounts.add(person.name(), person.role(), person.password()));
        return accounts;
    }
}
