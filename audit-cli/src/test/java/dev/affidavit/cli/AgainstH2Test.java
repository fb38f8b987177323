package dev.affidavit.cli;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

final class AgainstH2Test extends AgainstForwarderContract {
    private static final String PASSWORD = "pw-of-h2";
    private static final String PROPERTY = "affidavit.test.cli.h2";

    private static String url(Path directory) {
        return "jdbc:h2:file:" + directory.resolve("audit");
    }

    @Override
    String options(Path directory) {
        System.setProperty(PROPERTY, PASSWORD);
        return "url: '%s', password: 'sys:%s'".formatted(url(directory), PROPERTY);
    }

    @Override
    Connection admin(Path directory) throws SQLException {
        return DriverManager.getConnection(url(directory), "audit", PASSWORD);
    }
}
