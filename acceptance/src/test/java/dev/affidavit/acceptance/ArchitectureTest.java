package dev.affidavit.acceptance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The arrows between the modules, and the house rules that a compiler does not know. */
final class ArchitectureTest {
    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.affidavit");

    private static final String STORE = "dev.affidavit.store";
    private static final String SEAL = "dev.affidavit.seal";
    private static final String VERIFY = "dev.affidavit.verify";
    private static final String LOG4J2 = "dev.affidavit.log4j2..";
    private static final String LOGBACK = "dev.affidavit.logback..";
    private static final String MICROMETER = "dev.affidavit.micrometer";
    private static final String FORWARD = "dev.affidavit.forward..";
    private static final String CLI = "dev.affidavit.cli";
    private static final String ENCRYPTION = "dev.affidavit.encryption";
    private static final String[] CORE = {
        "dev.affidavit",
        "dev.affidavit.config",
        "dev.affidavit.json",
        "dev.affidavit.listening",
        "dev.affidavit.mapping",
        "dev.affidavit.spi",
        "dev.affidavit.statistics",
        "dev.affidavit.trail",
        "dev.affidavit.witness"
    };

    /** A verifier that shared code with the writer would share its mistakes: but for the form of statements, it does not. */
    @Test
    void shouldLetTheStoreSeeNothingButTheJdk() {
        requireToSeeOnly(SEAL);
        requireToSeeOnly(STORE, SEAL);
        requireToSeeOnly(VERIFY, SEAL);
    }

    private static void requireToSeeOnly(String name, String... others) {
        List<String> allowed = new ArrayList<>(List.of(others));
        allowed.addAll(List.of(name, "java..", "com.google.errorprone.annotations..", "org.jspecify.."));
        classes()
                .that()
                .resideInAPackage(name)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed.toArray(new String[0]))
                .check(PRODUCT);
    }

    @Test
    void shouldLetTheCoreSeeNoFrameworkAndNoDestination() {
        noClasses()
                .that()
                .resideInAnyPackage(CORE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        LOG4J2, LOGBACK, FORWARD, MICROMETER, "org.apache.logging..", "ch.qos..", "io.micrometer..")
                .check(PRODUCT);
    }

    @Test
    void shouldLetTheBinderSeeNothingButStatistics() {
        classes()
                .that()
                .resideInAPackage(MICROMETER)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        MICROMETER,
                        STORE,
                        "dev.affidavit.config",
                        "dev.affidavit.spi",
                        "dev.affidavit.statistics",
                        "io.micrometer.core..",
                        "java..",
                        "com.google.errorprone.annotations..",
                        "org.jspecify..")
                .check(PRODUCT);
    }

    /** What decides who reads the log sees no more of it than a line and a secret. */
    @Test
    void shouldLetEncryptionSeeNothingButLinesAndSecrets() {
        classes()
                .that()
                .resideInAPackage(ENCRYPTION)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        ENCRYPTION,
                        STORE,
                        "dev.affidavit.config",
                        "dev.affidavit.spi",
                        "com.nimbusds.jose..",
                        "java..",
                        "javax.crypto..",
                        "com.google.errorprone.annotations..",
                        "org.jspecify..")
                .check(PRODUCT);
    }

    @Test
    void shouldKeepTheAppendersApartFromEachOtherAndFromDestinations() {
        noClasses()
                .that()
                .resideInAPackage(LOG4J2)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(LOGBACK, FORWARD, "ch.qos..")
                .check(PRODUCT);
        noClasses()
                .that()
                .resideInAPackage(LOGBACK)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(LOG4J2, FORWARD, "org.apache.logging..")
                .check(PRODUCT);
    }

    @Test
    void shouldKeepForwardersApartFromFrameworks() {
        noClasses()
                .that()
                .resideInAPackage(FORWARD)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(LOG4J2, LOGBACK, "org.apache.logging..", "ch.qos..")
                .check(PRODUCT);
        noClasses()
                .that()
                .resideInAPackage("dev.affidavit.forward")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.affidavit.forward.syslog..")
                .check(PRODUCT);
    }

    /** It is at the top, and knows the appenders as little as they know it. */
    @Test
    void shouldLetNothingSeeTheCommandLine() {
        noClasses()
                .that()
                .resideOutsideOfPackage(CLI)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(CLI)
                .check(PRODUCT);
        noClasses()
                .that()
                .resideInAPackage(CLI)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(LOG4J2, LOGBACK, MICROMETER, "org.apache.logging..", "ch.qos..")
                .check(PRODUCT);
    }

    /** What others write needs nothing that is hidden. */
    @Test
    void shouldLetExtensionsDoWithTheSpi() {
        classes()
                .that()
                .resideInAPackage("com.example..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "com.example..",
                        "dev.affidavit.spi",
                        "dev.affidavit.config",
                        ENCRYPTION,
                        "java..",
                        "javax.crypto",
                        "javax.net.ssl",
                        "org.jspecify..")
                .check(new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("com.example"));
    }

    @Test
    void shouldNamePackagesAfterConcepts() {
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..utils..", "..impl..", "..common..", "..helper..", "..helpers..")
                .check(PRODUCT);
    }

    /** Surefire passes over other names without a word. */
    @Test
    void shouldNameEveryTestSoThatItRuns() throws IOException {
        List<Path> misnamed;
        try (Stream<Path> files = Files.walk(Repository.ROOT)) {
            misnamed = files.filter(file -> file.toString().contains("/src/test/java/"))
                    .filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().endsWith("Test.java"))
                    .filter(ArchitectureTest::holdsTests)
                    .toList();
        }

        assertThat(misnamed).isEmpty();
    }

    private static boolean holdsTests(Path file) {
        try {
            String source = Files.readString(file);
            return (source.contains("    @Test\n") || source.contains("    @ParameterizedTest"))
                    && !source.contains("abstract class ");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
