package dev.affidavit.examples.shop;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The shop's table of orders. Each change takes what records it, and takes place only if that returns: no record, no
 * change. Thread-safe.
 */
final class Orders {
    private static final long FIRST = 1001;

    private final Map<Long, Order> byNumber = new ConcurrentHashMap<>();
    private final AtomicLong next = new AtomicLong(FIRST);

    Order add(String customer, String item, int cents, Consumer<Order> record) {
        Order order = new Order(next.getAndIncrement(), customer, item, cents, false);
        record.accept(order);
        byNumber.put(order.number(), order);
        return order;
    }

    Optional<Order> find(long number) {
        return Optional.ofNullable(byNumber.get(number));
    }

    List<Order> select(Predicate<Order> which) {
        return byNumber.values().stream()
                .filter(which)
                .sorted(Comparator.comparing(Order::number))
                .toList();
    }

    Optional<Order> change(long number, UnaryOperator<Order> change, Consumer<Order> record) {
        return Optional.ofNullable(byNumber.computeIfPresent(number, (key, before) -> {
            Order after = change.apply(before);
            record.accept(after);
            return after;
        }));
    }

    /** False if there is no such order. */
    boolean remove(long number, Consumer<Order> record) {
        AtomicBoolean removed = new AtomicBoolean();
        byNumber.computeIfPresent(number, (key, order) -> {
            record.accept(order);
            removed.set(true);
            return null;
        });
        return removed.get();
    }
}
