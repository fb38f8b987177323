package dev.affidavit.testkit.appender;

import dev.affidavit.testkit.ChildJvm;
import java.nio.file.Path;
import java.util.List;

/** A logging framework behind SLF4J, as the contract suites use it. */
public interface FrameworkUnderTest {
    /** Puts a configuration in force. A framework that has one already is reconfigured. */
    void configure(Setup setup);

    /** Puts a configuration without an audit appender in force: the log is closed. */
    void unconfigure();

    /** What {@link Setup#queue()} may name. */
    List<String> queues();

    /** Whether the queue passes on all that it is given. */
    boolean keepsAll(String queue);

    /**
     * A JVM of its own that uses this framework and no other.
     *
     * @param directory for the configuration's file
     */
    ChildJvm.Builder program(Class<?> main, Setup setup, Path directory);

    /** Whether a plain logger keeps key-values apart from the diagnostic context. */
    boolean keepsKeyValuesApart();

    /** Whether what a plain logger is told while it is reconfigured reaches an appender. */
    boolean keepsCallsWhileItIsReconfigured();
}
