package dev.affidavit.examples.shop;

/**
 * Something that a customer wants to have.
 *
 * @param cents what it costs
 */
record Order(long number, String customer, String item, int cents, boolean approved) {
    Order approve() {
        return new Order(number, customer, item, cents, true);
    }

    Order withCents(int other) {
        return new Order(number, customer, item, other, approved);
    }

    @Override
    public String toString() {
        return "%d;%s;%s;%d.%02d;%s"
                .formatted(number, customer, item, cents / 100, cents % 100, approved ? "approved" : "open");
    }
}
