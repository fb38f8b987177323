package dev.affidavit.log4j2;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.apache.logging.log4j.core.config.plugins.PluginVisitorStrategy;

/** The parameter of a plugin factory that takes all that its element says, so that nothing said is passed over. */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@PluginVisitorStrategy(ElementVisitor.class)
@interface WholeElement {
    /** Whether the element may hold a filter, which is then kept apart. */
    boolean filterable() default false;
}
