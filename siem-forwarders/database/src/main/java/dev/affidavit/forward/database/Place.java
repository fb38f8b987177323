package dev.affidavit.forward.database;

import java.util.Map;

/**
 * Where a database is.
 *
 * @param url as configured; without a secret
 * @param name for messages
 * @param properties for the driver, beside user and password
 */
record Place(Product product, String url, String name, Map<String, String> properties) {
    Place {
        properties = Map.copyOf(properties);
    }

    @Override
    public String toString() {
        return name;
    }
}
