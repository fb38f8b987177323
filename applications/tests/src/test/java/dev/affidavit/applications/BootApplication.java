package dev.affidavit.applications;

import dev.affidavit.testkit.ChildJvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The Spring Boot application, built with a version of Spring Boot and a framework. */
enum BootApplication {
    WITH_3_5_AND_LOGBACK("spring-boot-3.5-logback", Framework.LOGBACK),
    WITH_3_5_AND_LOG4J("spring-boot-3.5-log4j2", Framework.LOG4J2),
    WITH_4_1_AND_LOGBACK("spring-boot-4.1-logback", Framework.LOGBACK),
    WITH_4_1_AND_LOG4J("spring-boot-4.1-log4j2", Framework.LOG4J2);

    private static final String LAUNCHER = "org.springframework.boot.loader.launch.JarLauncher";

    private final String folder;
    private final Framework framework;

    BootApplication(String folder, Framework framework) {
        this.folder = folder;
        this.framework = framework;
    }

    Framework framework() {
        return framework;
    }

    /** Started with {@code java -jar}. */
    ChildJvm.Builder asPackaged() {
        return ChildJvm.ofJar(jar());
    }

    /** Started with a folder before it in the class path, as one that holds configuration. */
    ChildJvm.Builder behind(Path folderOfConfiguration) {
        return ChildJvm.of(LAUNCHER, folderOfConfiguration, jar());
    }

    /** The versions of the libraries of this name that are in the jar; two groups may have one of a name each. */
    List<String> versions(String library) {
        Pattern entry = Pattern.compile("BOOT-INF/lib/" + Pattern.quote(library) + "-(\\d[^/]*)\\.jar");
        try (ZipFile zip = new ZipFile(jar().toFile())) {
            return zip.stream()
                    .map(ZipEntry::getName)
                    .map(entry::matcher)
                    .filter(Matcher::matches)
                    .map(matcher -> matcher.group(1))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path jar() {
        return Built.jar(folder, "application-fat.jar");
    }
}
