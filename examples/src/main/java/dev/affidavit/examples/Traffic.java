package dev.affidavit.examples;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * A day at the shop: people who do their work, and people who should not. Fails with an IllegalStateException if the shop
 * answers a request with another status than it should.
 */
final class Traffic {
    private static final int ROUNDS = 12;
    private static final int ALLOWED_PER_MINUTE = 100;
    private static final String WRONG = "123456";

    /** The last one would like to be a line of the log, and to clear the screen of who reads it. */
    private static final List<String> NAMES = List.of(
            "root",
            "admin",
            "administrator",
            "test",
            "guest",
            "oracle",
            "postgres",
            "ubuntu",
            "shop",
            "x\u001b[2J\r\n{\"event_type\":\"AUTH_SUCCESS\",\"username\":\"root\"}");

    private final Web web;
    private final People people;
    private final ManualTime time;
    private final Runnable housekeeping;

    private final Visitor anna;
    private final Visitor ben;
    private final Visitor chloe;
    private final Visitor clerk;
    private final Visitor accountant;
    private final Visitor administrator;

    /** @param housekeeping what the shop does when time has passed */
    Traffic(Web web, People people, ManualTime time, Runnable housekeeping) {
        this.web = web;
        this.people = people;
        this.time = time;
        this.housekeeping = housekeeping;
        anna = new Visitor(web, "203.0.113.11:40011", "Firefox/145.0");
        ben = new Visitor(web, "203.0.113.12:40012", "Safari/26.1");
        chloe = new Visitor(web, "[2001:db8::13]:40013", "Chrome/142.0");
        clerk = new Visitor(web, "192.0.2.21:40021", "ShopDesk/3.2");
        accountant = new Visitor(web, "192.0.2.22:40022", "ShopDesk/3.2");
        administrator = new Visitor(web, "192.0.2.23:40023", "Firefox/145.0");
    }

    void pass() {
        customersOrder();
        staffWork();
        peopleTryWhatTheyMayNot();
        aSessionIsStolen();
        somebodySendsTooMuch();
        passwordsAreGuessed();
        namesAreTried();
        aLeakedPasswordIsUsed();
        everybodyLeaves();
    }

    private void customersOrder() {
        anna.logIn(people.anna);
        ben.logIn(people.ben);
        chloe.logIn(people.chloe);
        Stream.of(anna, ben, chloe)
                .map(customer -> CompletableFuture.runAsync(() -> order(customer)))
                .toList()
                .forEach(CompletableFuture::join);
    }

    private static void order(Visitor customer) {
        for (int round = 1; round <= ROUNDS; round++) {
            Map<String, String> order = Map.of("item", "book no. " + round, "cents", Integer.toString(990 + round));
            String number = customer.post("/orders", order, 200).split(";", 2)[0];
            customer.get("/orders/" + number, 200);
            customer.get("/orders", 200);
        }
    }

    private void staffWork() {
        administrator.logIn(people.administrator);
        administrator.post("/limit", Map.of("requests", Integer.toString(ALLOWED_PER_MINUTE)), 200);
        administrator.post("/accounts/" + people.accountant.name() + "/role", Map.of("role", "clerk"), 200);
        administrator.post("/accounts/" + people.accountant.name() + "/role", Map.of("role", "accountant"), 200);

        clerk.logIn(people.clerk);
        List<String> orders = clerk.get("/orders", 200)
                .lines()
                .map(row -> row.split(";", 2)[0])
                .toList();
        orders.subList(0, 6).forEach(order -> clerk.post("/orders/" + order + "/price", Map.of("cents", "500"), 200));
        orders.subList(6, 30).forEach(order -> clerk.post("/orders/" + order + "/approve", Map.of(), 200));
        orders.subList(30, 33).forEach(order -> clerk.delete("/orders/" + order, 200));
        clerk.delete("/orders/" + orders.get(30), 404);

        accountant.logIn(people.accountant);
        accountant.get("/orders/export", 200);
    }

    private void peopleTryWhatTheyMayNot() {
        String notAnnas = ben.get("/orders", 200).split(";", 2)[0];
        anna.get("/orders/" + notAnnas, 404);
        anna.get("/orders/export", 403);
        anna.post("/orders/" + notAnnas + "/approve", Map.of(), 403);
        anna.post("/accounts/anna/role", Map.of("role", "administrator"), 403);
        accountant.get("/orders", 403);
        clerk.post("/limit", Map.of("requests", "100000"), 403);
        new Visitor(web, "198.51.100.31:40031", "curl/8.14").get("/orders", 401);
    }

    private void aSessionIsStolen() {
        Visitor thief = new Visitor(web, "198.51.100.66:40066", "python-requests/2.32");
        thief.steal(ben);
        thief.get("/orders", 401);
        ben.get("/orders", 401); // the stolen session is gone for its owner, too
        ben.logIn(people.ben);
    }

    private void somebodySendsTooMuch() {
        Visitor crawler = new Visitor(web, "198.51.100.80:40080", "hungry-crawler/0.1");
        for (int i = 0; i < ALLOWED_PER_MINUTE; i++) {
            crawler.get("/", 200);
        }
        for (int i = 0; i < 10; i++) {
            crawler.get("/", 429);
        }
    }

    private void passwordsAreGuessed() {
        Visitor guesser = new Visitor(web, "198.51.100.99:40099", "hydra/9.5");
        guess(guesser, people.ben.name());
        ben.logIn(people.ben.name(), people.ben.password(), 423); // locked out for its owner, too
        administrator.post("/accounts/" + people.ben.name() + "/unlock", Map.of(), 200);
        ben.logIn(people.ben);
        guess(new Visitor(web, "198.51.100.98:40098", "hydra/9.5"), people.chloe.name());
    }

    /** Guesses until the account is locked, once without the wait that is asked for. */
    private void guess(Visitor guesser, String username) {
        guesser.logIn(username, WRONG, 401);
        guesser.logIn(username, WRONG, 401);
        guesser.logIn(username, WRONG, 429);
        guesser.logIn(username, WRONG, 429);
        time.pass(Duration.ofSeconds(1));
        guesser.logIn(username, WRONG, 429);
        time.pass(Duration.ofSeconds(2));
        guesser.logIn(username, WRONG, 401);
        guesser.logIn(username, WRONG, 423);
    }

    private void namesAreTried() {
        tryNames(new Visitor(web, "198.51.100.7:40007", "scanner/1.0"));
        administrator.post("/addresses/198.51.100.7/unblock", Map.of(), 200);
        tryNames(new Visitor(web, "198.51.100.8:40008", "scanner/1.0"));
    }

    /** One attempt each, so that no account is locked, until the address is blocked. */
    private static void tryNames(Visitor scanner) {
        NAMES.forEach(name -> scanner.logIn(name, WRONG, 401));
        scanner.get("/", 403);
    }

    private void aLeakedPasswordIsUsed() {
        Visitor intruder = new Visitor(web, "198.51.100.13:40113", "curl/8.14");
        intruder.logIn(people.decoy.name(), people.decoy.password(), 401);
    }

    /** Some log out, some just go; then it is late, and locks, blocks and sessions end. */
    private void everybodyLeaves() {
        anna.post("/logout", Map.of(), 200);
        accountant.post("/logout", Map.of(), 200);
        time.pass(Duration.ofMinutes(31));
        clerk.get("/orders", 401);
        housekeeping.run();
        chloe.logIn(people.chloe);
        chloe.post("/logout", Map.of(), 200);
    }
}
