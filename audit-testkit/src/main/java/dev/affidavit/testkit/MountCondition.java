package dev.affidavit.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What {@link RequiresMount} asks for: found out by mounting, since neither a program nor a user name tells it. */
final class MountCondition implements ExecutionCondition {
    private static final String NAME = "mount";

    private static final class Once {
        static final String OBSTACLE = obstacle();
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (Once.OBSTACLE.isEmpty()) {
            return ConditionEvaluationResult.enabled("file systems can be mounted");
        }
        return Required.names(NAME)
                ? ConditionEvaluationResult.enabled(
                        "%s, and -D%s asks for it".formatted(Once.OBSTACLE, Required.PROPERTY))
                : ConditionEvaluationResult.disabled(
                        "%s; be root, or require it with -D%s=%s".formatted(Once.OBSTACLE, Required.PROPERTY, NAME));
    }

    /** Why no file system can be mounted; empty if one can. */
    private static String obstacle() {
        try {
            Path directory = Files.createTempDirectory("mount");
            try (TmpFs mounted = TmpFs.ofSize(directory, 64 * 1024)) {
                return Files.isDirectory(mounted.directory()) ? "" : "the mounted file system is not there";
            } catch (IllegalStateException e) {
                return String.valueOf(e.getMessage());
            } finally {
                Files.deleteIfExists(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
