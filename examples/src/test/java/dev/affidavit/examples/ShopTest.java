package dev.affidavit.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.examples.shop.Accounts;
import dev.affidavit.examples.shop.Passwords;
import dev.affidavit.examples.shop.Role;
import dev.affidavit.examples.shop.Shop;
import java.io.IOException;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** With the audit log of logback-test.xml, which refuses every event. */
final class ShopTest {
    @Test
    void shouldDoNothingThatCannotBeRecorded() throws IOException {
        Accounts accounts = new Accounts(new Passwords(1_000));
        accounts.add("alice", Role.CUSTOMER, "correct horse");
        try (Shop shop = Shop.open(0, accounts, InstantSource.system())) {
            Visitor visitor = new Visitor(new Web(shop.uri()), "203.0.113.1", "JUnit");

            visitor.get("/", 200);
            visitor.logIn("alice", "correct horse", 503);
            visitor.logIn("alice", "wrong", 503);
            visitor.get("/orders", 503);

            assertThat(visitor.isLoggedIn()).isFalse();
        }
    }
}
