package dev.affidavit.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** What {@link RequiresMount} asks for: found out by mounting, since neither a program nor a user name tells it. */
final class MountCondition implements ExecutionCondition {
    private static final Map<String, String> OBSTACLES = new ConcurrentHashMap<>();

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getElement(), RequiresMount.class)
                .map(required -> evaluate(required.value()))
                .orElseGet(() -> ConditionEvaluationResult.enabled("nothing has to be mounted"));
    }

    private static ConditionEvaluationResult evaluate(String name) {
        String obstacle = OBSTACLES.computeIfAbsent(name, MountCondition::obstacle);
        if (obstacle.isEmpty()) {
            return ConditionEvaluationResult.enabled("file systems can be mounted");
        }
        return Required.names(name)
                ? ConditionEvaluationResult.enabled("%s, and -D%s asks for it".formatted(obstacle, Required.PROPERTY))
                : ConditionEvaluationResult.disabled(
                        "%s; be root, or require it with -D%s=%s".formatted(obstacle, Required.PROPERTY, name));
    }

    /** Why no such file system can be mounted; empty if one can. */
    private static String obstacle(String name) {
        try {
            Path directory = Files.createTempDirectory("mount");
            try (AutoCloseable mounted = name.equals(RequiresMount.EXT4)
                    ? Ext4.make(directory, 16 << 20)
                    : TmpFs.ofSize(directory.resolve("disk"), 64 * 1024)) {
                return mounted.toString().isEmpty() ? "nothing is mounted" : "";
            } catch (Exception e) {
                return String.valueOf(e.getMessage());
            } finally {
                Files.deleteIfExists(directory.resolve("disk"));
                Files.deleteIfExists(directory.resolve("memory"));
                Files.deleteIfExists(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
