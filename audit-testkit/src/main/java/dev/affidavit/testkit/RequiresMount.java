package dev.affidavit.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Skips the tests if this process may not mount a file system (see {@link TmpFs}), and says so. With {@code mount} in the
 * system property {@code affidavit.require}, they run and fail instead; those that need {@link Ext4} if {@code ext4} is there.
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(MountCondition.class)
public @interface RequiresMount {
    String TMPFS = "mount";
    String EXT4 = "ext4";

    /** What is to be mounted. */
    String value() default TMPFS;
}
