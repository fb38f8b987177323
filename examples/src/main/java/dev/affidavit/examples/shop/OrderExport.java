package dev.affidavit.examples.shop;

import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/**
 * Hands out all orders. Recorded through a plain logger, with nothing but SLF4J: the marker AUDIT makes the call an event,
 * key-values are its type and its fields, and who acts comes from the context of the request. Under Log4j a key-value that
 * is no field, such as {@code format}, must stand in the appender's {@code contextKeys}.
 */
final class OrderExport {
    private static final Logger log = LoggerFactory.getLogger(OrderExport.class);
    private static final Marker AUDIT = MarkerFactory.getMarker("AUDIT");

    private final Orders orders;

    OrderExport(Orders orders) {
        this.orders = orders;
    }

    Response export(Caller caller) {
        caller.require(Permission.EXPORT_ORDERS, "export orders");
        List<Order> rows = orders.select(order -> true);
        log.atInfo()
                .addMarker(AUDIT)
                .addKeyValue("event_type", "ORDERS_EXPORTED")
                .addKeyValue("database_name", "shop")
                .addKeyValue("object_type", "table")
                .addKeyValue("object_name", "orders")
                .addKeyValue("rows_affected", rows.size())
                .addKeyValue("format", "csv")
                .log("{} orders exported by '{}'", rows.size(), caller.name());
        return Response.ok(rows.stream().map(Order::toString).collect(Collectors.joining("\n")));
    }
}
