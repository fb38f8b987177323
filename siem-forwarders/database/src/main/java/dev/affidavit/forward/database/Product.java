package dev.affidavit.forward.database;

import java.sql.Driver;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A database that this destination writes to, and where its driver is. */
enum Product {
    POSTGRESQL("PostgreSQL", "jdbc:postgresql:", "org.postgresql.Driver", "org.postgresql:postgresql"),
    H2("H2", "jdbc:h2:", "org.h2.Driver", "com.h2database:h2");

    private final String title;
    private final String scheme;
    private final String driver;
    private final String artifact;

    Product(String title, String scheme, String driver, String artifact) {
        this.title = title;
        this.scheme = scheme;
        this.driver = driver;
        this.artifact = artifact;
    }

    /** The product that the URL is of; null if it is of none of these. */
    static @Nullable Product of(String url) {
        return Arrays.stream(values())
                .filter(product -> url.startsWith(product.scheme))
                .findFirst()
                .orElse(null);
    }

    /** A driver of its own for the caller, so that no list of drivers shared with the application decides; empty if there is none. */
    Optional<Driver> driver() {
        return Stream.of(Product.class.getClassLoader(), Thread.currentThread().getContextClassLoader())
                .flatMap(this::load)
                .findFirst();
    }

    private Stream<Driver> load(@Nullable ClassLoader loader) {
        try {
            Class<?> found = Class.forName(driver, true, loader);
            return Stream.of((Driver) found.getDeclaredConstructor().newInstance());
        } catch (ReflectiveOperationException | LinkageError e) {
            return Stream.empty();
        }
    }

    /** How Maven calls the driver. */
    String artifact() {
        return artifact;
    }

    @Override
    public String toString() {
        return title;
    }
}
