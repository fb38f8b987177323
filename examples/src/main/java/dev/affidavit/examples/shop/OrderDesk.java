package dev.affidavit.examples.shop;

import dev.affidavit.AuditEvent;
import dev.affidavit.AuditLogger;
import dev.affidavit.EventType;
import dev.affidavit.Severity;
import java.util.List;
import java.util.stream.Collectors;

/** Takes orders, shows, approves, changes and deletes them. Thread-safe. */
final class OrderDesk {
    /** Events of the shop's own, beside the documented ones. */
    static final EventType ORDER_PLACED = EventType.of("ORDER_PLACED", Severity.INFO);

    static final EventType ORDER_APPROVED = EventType.of("ORDER_APPROVED", Severity.INFO);

    private static final AuditLogger audit = AuditLogger.get("security");

    private final Orders orders;

    OrderDesk(Orders orders) {
        this.orders = orders;
    }

    Response place(Request request, Caller caller) {
        caller.require(Permission.PLACE_ORDERS, "place orders");
        String item = request.field("item");
        if (!item.matches("[^;\\p{Cntrl}]{1,100}")) {
            throw new RefusedException(Response.BAD_REQUEST, "no such item");
        }
        int cents = request.number("cents");
        Order placed = orders.add(
                caller.name(),
                item,
                cents,
                order -> audit.record(
                        ORDER_PLACED,
                        e -> table(e, "INSERT INTO orders (customer, item, cents) VALUES (?, ?, ?)", 1)
                                .description("Order %d placed by '%s'".formatted(order.number(), order.customer()))
                                .detail("order", order.number())
                                .detail("item", order.item())
                                .detail("cents", order.cents())));
        return Response.ok(placed.toString());
    }

    /** Customers see their own orders, those who handle orders see all. */
    Response list(Caller caller) {
        if (caller.may(Permission.HANDLE_ORDERS)) {
            return select(orders.select(order -> true), "SELECT * FROM orders", caller);
        }
        caller.require(Permission.PLACE_ORDERS, "see orders");
        return select(
                orders.select(order -> order.customer().equals(caller.name())),
                "SELECT * FROM orders WHERE customer = ?",
                caller);
    }

    Response show(long number, Caller caller) {
        Order order = orders.find(number).orElse(null);
        if (order == null) {
            return Response.notFound();
        }
        if (!order.customer().equals(caller.name()) && !caller.may(Permission.HANDLE_ORDERS)) {
            audit.record(
                    EventType.UNAUTHORIZED_ACCESS,
                    e -> e.failed("ACCESS-003")
                            .description("'%s' asked for order %d of somebody else".formatted(caller.name(), number))
                            .detail("order", number));
            return Response.notFound(); // not "forbidden": that there is such an order is none of their business
        }
        return select(List.of(order), "SELECT * FROM orders WHERE number = ?", caller);
    }

    Response approve(long number, Caller caller) {
        caller.require(Permission.HANDLE_ORDERS, "approve orders");
        return answer(orders.change(
                        number,
                        Order::approve,
                        order -> audit.record(
                                ORDER_APPROVED,
                                e -> table(e, "UPDATE orders SET approved = true WHERE number = ?", 1)
                                        .description("Order %d approved by '%s'".formatted(number, caller.name()))
                                        .detail("order", number)
                                        .detail("customer", order.customer())
                                        .detail("cents", order.cents())))
                .isPresent());
    }

    Response reprice(long number, Request request, Caller caller) {
        caller.require(Permission.HANDLE_ORDERS, "change prices");
        int cents = request.number("cents");
        return answer(orders.change(
                        number,
                        order -> order.withCents(cents),
                        order -> audit.event(EventType.UPDATE)
                                .databaseName("shop")
                                .objectType("table")
                                .objectName("orders")
                                .command("UPDATE orders SET cents = ? WHERE number = ?")
                                .rowsAffected(1)
                                .description("Price of order %d changed by '%s'".formatted(number, caller.name()))
                                .detail("order", number)
                                .detail("cents", cents)
                                .log())
                .isPresent());
    }

    Response delete(long number, Caller caller) {
        caller.require(Permission.HANDLE_ORDERS, "delete orders");
        return answer(orders.remove(
                number,
                order -> audit.record(
                        EventType.DELETE,
                        e -> table(e, "DELETE FROM orders WHERE number = ?", 1)
                                .description("Order %d deleted by '%s'".formatted(number, caller.name()))
                                .detail("order", number)
                                .detail("customer", order.customer()))));
    }

    private static Response select(List<Order> rows, String command, Caller caller) {
        audit.record(
                EventType.SELECT,
                e -> table(e, command, rows.size())
                        .description("%d orders shown to '%s'".formatted(rows.size(), caller.name())));
        return Response.ok(rows.stream().map(Order::toString).collect(Collectors.joining("\n")));
    }

    private static AuditEvent.Builder table(AuditEvent.Builder event, String command, int rows) {
        return event.databaseName("shop")
                .objectType("table")
                .objectName("orders")
                .command(command)
                .rowsAffected(rows);
    }

    private static Response answer(boolean done) {
        return done ? Response.ok("done") : Response.notFound();
    }
}
