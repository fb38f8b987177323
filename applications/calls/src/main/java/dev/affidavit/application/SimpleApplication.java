package dev.affidavit.application;

/** An application of nothing but a main method, over SLF4J. */
public final class SimpleApplication {
    private SimpleApplication() {}

    public static void main(String[] arguments) {
        run(new Slf4jLogger());
    }

    /** Works, waits for the end of standard input, and returns. A shutdown hook records too. */
    public static void run(PlainLogger plain) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> Calls.step("shutdown hook")));
        Calls.step("start");
        new Work(plain).run();
        Calls.awaitEndOfInput();
        Calls.step("end");
    }
}
