package dev.affidavit.examples.shop;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.affidavit.AuditContext;
import dev.affidavit.AuditException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A shop over HTTP, on this host only. A request whose audit event cannot be recorded is answered with 503, and what it
 * asked for does not happen.
 */
public final class Shop implements AutoCloseable {
    static final Duration LOCKOUT = Duration.ofMinutes(15);
    static final Duration BLOCK = Duration.ofMinutes(20);

    private static final int FAILURES_BEFORE_LOCKOUT = 5;
    private static final int FAILURES_BEFORE_BLOCK = 10;
    private static final int REQUESTS_PER_MINUTE = 100;
    private static final int THREADS = 8;

    private static final Logger log = LoggerFactory.getLogger(Shop.class);

    private final ExecutorService workers = Executors.newFixedThreadPool(THREADS);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final AtomicLong requests = new AtomicLong();
    private final HttpServer server;
    private final Gate gate;
    private final LoginDesk logins;
    private final Routes routes;
    private final Housekeeping housekeeping;

    private Shop(HttpServer server, Accounts accounts, InstantSource time) {
        this.server = server;
        Sessions sessions = new Sessions(time);
        Failures attempts = new Failures(FAILURES_BEFORE_LOCKOUT, LOCKOUT, time);
        Failures addresses = new Failures(FAILURES_BEFORE_BLOCK, BLOCK, time);
        RateLimit limit = new RateLimit(REQUESTS_PER_MINUTE, time);
        Orders orders = new Orders();
        gate = new Gate(addresses, limit, sessions, accounts);
        logins = new LoginDesk(accounts, sessions, attempts, addresses, time);
        housekeeping = new Housekeeping(sessions, attempts, addresses, limit);
        routes = routes(
                new OrderDesk(orders),
                new OrderExport(orders),
                new AdminDesk(accounts, attempts, addresses, limit),
                logins);
    }

    /**
     * Opens the shop.
     *
     * @param port where it listens; 0 for any that is free
     * @param time what sessions, locks and limits go by
     */
    public static Shop open(int port, Accounts accounts, InstantSource time) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        Shop shop = new Shop(server, accounts, time);
        shop.start();
        return shop;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // housekeeping deals with what goes wrong in it
    private void start() {
        server.createContext("/", this::handle);
        server.setExecutor(workers);
        server.start();
        timer.scheduleWithFixedDelay(housekeeping, 1, 1, TimeUnit.SECONDS);
        log.info("The shop is open at {}", uri());
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** How many requests came in. */
    public long requests() {
        return requests.get();
    }

    /** Ends idle sessions, locks and blocks whose time is over; happens each second by itself. */
    public void keepHouse() {
        housekeeping.run();
    }

    /** Lets the requests under way finish, for a second at most. */
    @Override
    public void close() {
        timer.shutdownNow();
        server.stop(1);
        workers.shutdown();
        log.info("The shop is closed");
    }

    private static Routes routes(OrderDesk orders, OrderExport export, AdminDesk admin, LoginDesk logins) {
        return new Routes()
                .add("POST /logout", (request, none, caller) -> logins.logout(caller))
                .add("GET /orders", (request, none, caller) -> orders.list(caller))
                .add("POST /orders", (request, none, caller) -> orders.place(request, caller))
                .add("GET /orders/export", (request, none, caller) -> export.export(caller))
                .add("GET /orders/(\\d{1,9})", (request, order, caller) -> orders.show(number(order), caller))
                .add("DELETE /orders/(\\d{1,9})", (request, order, caller) -> orders.delete(number(order), caller))
                .add(
                        "POST /orders/(\\d{1,9})/approve",
                        (request, order, caller) -> orders.approve(number(order), caller))
                .add(
                        "POST /orders/(\\d{1,9})/price",
                        (request, order, caller) -> orders.reprice(number(order), request, caller))
                .add("POST /accounts/([^/]+)/role", (request, name, caller) -> admin.changeRole(name, request, caller))
                .add("POST /accounts/([^/]+)/unlock", (request, name, caller) -> admin.unlock(name, caller))
                .add("POST /addresses/([^/]+)/unblock", (request, address, caller) -> admin.unblock(address, caller))
                .add("POST /limit", (request, none, caller) -> admin.setLimit(request, caller));
    }

    private static long number(String digits) {
        return Long.parseLong(digits);
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        try {
            respond(exchange).send(exchange);
        } finally {
            exchange.close();
        }
    }

    private Response respond(HttpExchange exchange) throws IOException {
        try {
            return respond(Request.of(exchange));
        } catch (RefusedException e) {
            return e.response();
        } catch (AuditException e) {
            log.error("{} not done: it cannot be recorded", exchange.getRequestURI(), e);
            return Response.of(Response.UNAVAILABLE, "not done, try again later");
        } catch (RuntimeException e) {
            log.error("{} failed", exchange.getRequestURI(), e);
            return Response.of(Response.INTERNAL_ERROR, "something went wrong");
        }
    }

    /** From here on, each event of this thread says where the request came from, and once that is known, who sent it. */
    private Response respond(Request request) {
        try (AuditContext who = AuditContext.open()
                .ipAddress(request.address())
                .port(request.client().getPort())
                .userAgent(request.userAgent())) {
            gate.admit(request);
            return switch (request.method() + " " + request.path()) {
                case "GET /" -> Response.ok("The shop is open. POST /login with username and password.");
                case "POST /login" -> logins.login(request, who);
                default -> routes.answer(request, () -> gate.identify(request, who));
            };
        }
    }
}
