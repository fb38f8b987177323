package dev.affidavit.benchmarks;

/** The run is worth nothing: lines and calls differ, or a process failed. The message says where to look. */
final class BenchmarkException extends Exception {
    private static final long serialVersionUID = 1;

    BenchmarkException(String message) {
        super(message);
    }
}
