package dev.affidavit.examples;

import java.util.List;

/** The command {@code examples/run}; {@link Options#HELP} describes it. */
public final class Main {
    private static final int WRONG_OPTIONS = 2;
    private static final int FAILED = 3;

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments)));
    }

    private static int run(List<String> arguments) {
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n\n" + Options.HELP);
            return WRONG_OPTIONS;
        }
        if (options.help()) {
            System.out.print(Options.HELP);
            return 0;
        }
        try {
            return new Run(options).call() ? 0 : 1;
        } catch (Exception e) {
            System.err.println("The example failed.");
            e.printStackTrace();
            return FAILED;
        }
    }
}
