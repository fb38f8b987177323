package dev.affidavit.forward.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.affidavit.spi.DestinationFactory;
import dev.affidavit.testkit.extension.Configured;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DatabaseProviderTest {
    private static final String PROPERTY = "affidavit.test.provider";

    @BeforeEach
    void setSecret() {
        System.setProperty(PROPERTY, "hunter2");
    }

    @AfterEach
    void clearSecret() {
        System.clearProperty(PROPERTY);
    }

    private static Database database(Configured<DestinationFactory> configured) {
        assertThat(configured.problems()).isEmpty();
        return (Database) configured.factory();
    }

    @Test
    void shouldNeedOnlyAUrl() {
        Database database = database(Destinations.configured(Map.of("url", "jdbc:postgresql://db.example.com/audit")));

        assertThat(database).hasToString("table entropy_audit_log in PostgreSQL at db.example.com:5432/audit");
        assertThat(database.credentials()).isEqualTo(new Credentials("audit", null, null));
        assertThat(database.table()).isEqualTo(new TableName(null, "entropy_audit_log"));
        assertThat(database.createTable()).isTrue();
        assertThat(database.connectTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(database.timeout()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void shouldTakeEveryOption() {
        Database database = database(Destinations.configured(Map.of(
                "url", "jdbc:postgresql://h1:5433,h2/audit?sslmode=verify-full&sslrootcert=/etc/ca.pem",
                "user", "writer",
                "password", "sys:" + PROPERTY,
                "keyPassword", "sys:" + PROPERTY,
                "table", "Security.Audit_Log",
                "createTable", "false",
                "connectTimeout", "1500ms",
                "timeout", "2s")));

        assertThat(database).hasToString("table security.audit_log in PostgreSQL at h1:5433,h2:5432/audit");
        assertThat(database.credentials().properties())
                .containsEntry("user", "writer")
                .containsEntry("password", "hunter2")
                .containsEntry("sslpassword", "hunter2");
        assertThat(database.createTable()).isFalse();
        assertThat(database.place().properties())
                .containsEntry("connectTimeout", "2")
                .containsEntry("socketTimeout", "4");
    }

    @Test
    void shouldTakeAFileOfH2() {
        Database database =
                database(Destinations.configured(Map.of("url", "jdbc:h2:file:./log_files/audit;CIPHER=AES")));

        assertThat(database).hasToString("table entropy_audit_log in H2 in ./log_files/audit");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            jdbc:postgresql://db.example.com/a                                              | verify-full
            jdbc:postgresql://localhost,db.example.com/a                                    | verify-full
            jdbc:postgresql://127.0.0.1.example.com/a                                       | verify-full
            jdbc:postgresql://db.example.com/a?ssl=true                                     | verify-full
            jdbc:postgresql://localhost/a?ssl=true                                          | verify-full
            jdbc:postgresql://localhost/a?socketFactory=com.example.Tunnel                  | verify-full
            jdbc:postgresql://db.example.com/a?sslmode=verify-full                          | verify-full
            jdbc:postgresql://db.example.com/a?sslmode=disable                              | disable
            jdbc:postgresql://localhost/a                                                   | prefer
            jdbc:postgresql://127.0.0.1:5433/a                                              | prefer
            jdbc:postgresql://[::1]/a                                                       | prefer
            jdbc:postgresql:a                                                               | prefer
            jdbc:postgresql://x/a?socketFactory=org.newsclub.net.unix.AFUNIXSocketFactory$FactoryArg | prefer
            """)
    void shouldVerifyEveryServerThatIsElsewhere(String url, String sslMode) {
        assertThat(database(Destinations.configured(Map.of("url", url))).place().properties())
                .containsEntry("sslmode", sslMode);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            jdbc:mysql://db.example.com/a                       | expected jdbc:postgresql:… or jdbc:h2:…, found another
            jdbc:postgresql://u:hunter2@db.example.com/a        | expected no @ before the question mark
            jdbc:postgresql://h:port/a                          | expected jdbc:postgresql://host:port/database
            jdbc:postgresql://h/a?user=u                        | expected no user in it: set the option user
            jdbc:postgresql://h/a?password=hunter2              | expected no password in it: set the option password
            jdbc:postgresql://h/a?p%61ssword=hunter2            | expected no password in it: set the option password
            jdbc:postgresql://h/a?sslpassword=hunter2           | expected no sslpassword in it: set the option keyPassword
            jdbc:postgresql://h/a?socketTimeout=0               | expected no socketTimeout in it: set the option timeout
            jdbc:postgresql://h/a?loginTimeout=0                | expected no loginTimeout in it
            jdbc:postgresql://h/a?sslhostnameverifier=a.B       | expected no sslhostnameverifier in it
            jdbc:postgresql://h/a?logServerErrorDetail=true     | expected no logServerErrorDetail in it
            jdbc:postgresql://h/a?sslMode=verify-full           | unknown property 'sslMode'; the driver would pass over it
            jdbc:postgresql://h/a?sslmode=prefer                | sslmode=prefer lets anybody answer in plain text
            jdbc:postgresql://localhost/a?sslmode=allow         | sslmode=allow lets anybody answer in plain text
            jdbc:postgresql://h/a?sslmode=require               | sslmode=require does not verify the name of the host
            jdbc:postgresql://h/a?sslmode=verify-ca             | sslmode=verify-ca does not verify the name of the host
            jdbc:postgresql://h/a?sslmode=on                    | sslmode: expected verify-full or disable
            jdbc:postgresql://h/a?ssl=false                     | ssl: expected true, found 'false'
            jdbc:postgresql://h/a?sslfactory=org.postgresql.ssl.NonValidatingFactory | sslfactory: expected one that verifies
            jdbc:h2:mem:audit                                   | expected the file of a database
            jdbc:h2:tcp://h/audit                               | expected the file of a database
            jdbc:h2:audit                                       | expected the file of a database
            jdbc:h2:file:./audit;PASSWORD=hunter2               | expected no user and no password in it
            jdbc:h2:./audit;IFEXISTS=TRUE;user=sa               | expected no user and no password in it
            """)
    void shouldReportWhatIsWrongWithTheUrl(String url, String problem) {
        Configured<DestinationFactory> configured = Destinations.configured(Map.of("url", url));

        assertThat(configured.problems()).isNotEmpty().allMatch(found -> found.startsWith("AuditForwarder.url: "));
        assertThat(configured.problems()).anyMatch(found -> found.startsWith("AuditForwarder.url: " + problem));
        assertThat(String.join(" ", configured.problems()) + configured.factory())
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            url            |               | AuditForwarder.url: expected a value, found none
            password       | hunter2       | AuditForwarder.password: expected a reference to a secret
            createTable    | yes           | AuditForwarder.createTable: expected true or false, found 'yes'
            connectTimeout | 0s            | AuditForwarder.connectTimeout: expected a duration
            timeout        | forever       | AuditForwarder.timeout: expected a duration
            tabel          | x             | AuditForwarder.tabel: unknown option; did you mean table?
            """)
    void shouldReportWhatIsWrong(String option, String value, String problem) {
        Map<String, String> values = new HashMap<>(Map.of("url", "jdbc:h2:./audit"));
        if (value == null) {
            values.remove(option);
        } else {
            values.put(option, value);
        }

        assertThat(Destinations.configured(values).problems())
                .singleElement()
                .asString()
                .startsWith(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a;drop table x", "a.b.c", "1a", "\"a\"", "ä", "a.", "a\u0000"})
    void shouldTakeNoTableButAName(String table) {
        assertThat(Destinations.configured(Map.of("url", "jdbc:h2:./audit", "table", table))
                        .problems())
                .singleElement()
                .asString()
                .startsWith("AuditForwarder.table: expected a name, or schema.name");
    }
}
