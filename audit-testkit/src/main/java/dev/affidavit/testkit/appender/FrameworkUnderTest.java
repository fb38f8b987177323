package dev.affidavit.testkit.appender;

/** A logging framework behind SLF4J, as the contract suites use it. */
public interface FrameworkUnderTest {
    /** Puts a configuration in force. A framework that has one already is reconfigured. */
    void configure(Setup setup);

    /** Puts a configuration without an audit appender in force: the log is closed. */
    void unconfigure();

    /** Whether a plain logger keeps key-values apart from the diagnostic context. */
    boolean keepsKeyValuesApart();

    /** Whether what a plain logger is told while it is reconfigured reaches an appender. */
    boolean keepsCallsWhileItIsReconfigured();
}
