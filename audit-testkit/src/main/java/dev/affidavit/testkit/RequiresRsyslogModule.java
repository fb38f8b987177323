package dev.affidavit.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Skips the tests if rsyslog, or one of these modules of it, is not installed, and says so; unless {@code affidavit.require}
 * names it, as {@link RequiresProgram} has it: {@code -Daffidavit.require=rsyslogd,imrelp}.
 */
@Documented
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@RequiresProgram("rsyslogd")
@ExtendWith(RsyslogModuleCondition.class)
public @interface RequiresRsyslogModule {
    /** Such as {@code imrelp}. */
    String[] value();
}
