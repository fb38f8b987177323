package dev.affidavit.trail;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this product, which the build writes to a resource. */
public final class ProductVersion {
    public static final String CURRENT = read();

    private ProductVersion() {}

    private static String read() {
        Properties properties = new Properties();
        try (InputStream resource = ProductVersion.class.getResourceAsStream("version.properties")) {
            if (resource == null) {
                throw new IllegalStateException("version.properties is missing from affidavit-core");
            }
            properties.load(resource);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
