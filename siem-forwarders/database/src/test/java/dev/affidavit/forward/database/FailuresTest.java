package dev.affidavit.forward.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.spi.DestinationBusyException;
import dev.affidavit.spi.MisconfiguredDestinationException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.NotDirectoryException;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FailuresTest {
    private static final Credentials NOBODY = new Credentials("audit", null, null);

    private final Failures failures = new Failures(
            new Place(Product.POSTGRESQL, "jdbc:postgresql:x", "PostgreSQL at db:5432/x", Map.of()), NOBODY);

    @ParameterizedTest
    @ValueSource(strings = {"22001", "22P05", "23514", "21000", "44000", "54000", "P0001", "38000", "09000"})
    void shouldBlameTheRow(String state) {
        assertThat(failures.isOfTheData(new SQLException("x", state))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "90030", "90048", "90049", "90050", "28P01", "28000", "42501", "3D000", "42P01", "3F000", "0A000",
                "08004", "90096", "42S02"
            })
    void shouldAskForAPerson(String state) {
        assertThat(failures.isOfTheData(new SQLException("x", state))).isFalse();
        assertThat(failures.explained(new SQLException("x", state)))
                .isInstanceOf(MisconfiguredDestinationException.class)
                .hasMessageStartingWith("PostgreSQL at db:5432/x: x (SQLSTATE " + state + ")");
    }

    @ParameterizedTest
    @ValueSource(strings = {"53100", "53200", "53300"})
    void shouldPause(String state) {
        assertThat(failures.explained(new SQLException("x", state))).isInstanceOf(DestinationBusyException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "08006", "57P01", "57P03", "57014", "40001", "40P01", "55P03", "58030", "25006", "XX000", "90020",
                "HYT00", ""
            })
    void shouldTryAgain(String state) {
        assertThat(failures.isOfTheData(new SQLException("x", state))).isFalse();
        assertThat(failures.explained(new SQLException("x", state))).isExactlyInstanceOf(IOException.class);
    }

    @Test
    void shouldSpeakOfCertificatesWhereThereCanBeSome() {
        SQLException failure = new SQLException("IO Exception", "90031", new NotDirectoryException("/var/lib/audit"));

        assertThat(failures.explained(failure))
                .isInstanceOf(MisconfiguredDestinationException.class)
                .hasMessageContaining("sslrootcert");
        assertThat(new Failures(new Place(Product.H2, "jdbc:h2:./x", "H2 in ./x", Map.of()), NOBODY).explained(failure))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("H2 in ./x: IO Exception: /var/lib/audit (SQLSTATE 90031)");
    }

    @Test
    void shouldSayWhy() {
        SQLException failure =
                new SQLException("The attempt failed.", "08001", new SocketTimeoutException("Connect\ntimed out"));

        assertThat(failures.explained(failure))
                .hasMessage("PostgreSQL at db:5432/x: The attempt failed.: Connect timed out (SQLSTATE 08001)")
                .hasCause(failure);
    }
}
