package dev.affidavit.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Skips the tests if {@link Jdk} finds no JDK of that version, and says so. With {@code jdk25}, for example, in the system property
 * {@code affidavit.require}, they run and fail instead.
 */
@Documented
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(JdkCondition.class)
public @interface RequiresJdk {
    /** The feature release, such as 25. */
    int value();
}
