package dev.affidavit.testkit;

import java.util.Arrays;

/** What tests may not be skipped for want of: names between commas in a system property. */
final class Required {
    static final String PROPERTY = "affidavit.require";

    private Required() {}

    /** Whether the property holds this name, or one that it begins with. */
    static boolean names(String wanted) {
        return Arrays.stream(System.getProperty(PROPERTY, "").split(","))
                .map(String::strip)
                .anyMatch(name -> !name.isEmpty() && wanted.startsWith(name));
    }
}
