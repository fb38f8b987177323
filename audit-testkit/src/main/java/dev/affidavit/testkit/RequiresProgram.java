package dev.affidavit.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Skips the tests if one of the programs is not installed, and says so. With the system property {@code
 * affidavit.require}, names between commas, those tests run and fail instead: {@code -Daffidavit.require=rsyslog}. A
 * name there stands for every program that begins with it.
 */
@Documented
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ProgramCondition.class)
public @interface RequiresProgram {
    /** The programs' file names, such as {@code rsyslogd}. */
    String[] value();
}
