package dev.affidavit.testkit;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** What {@link RequiresJdk} asks for. */
final class JdkCondition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getElement(), RequiresJdk.class)
                .map(required -> evaluate(required.value()))
                .orElseGet(() -> ConditionEvaluationResult.enabled("no other JDK is required"));
    }

    private static ConditionEvaluationResult evaluate(int version) {
        String name = "jdk" + version;
        if (Jdk.find(version).isPresent()) {
            return ConditionEvaluationResult.enabled(name + " is installed");
        }
        return Required.names(name)
                ? ConditionEvaluationResult.enabled(
                        "%s is not installed, and -D%s asks for it".formatted(name, Required.PROPERTY))
                : ConditionEvaluationResult.disabled(
                        "no JDK %d is this one or in /usr/lib/jvm; install it, or require it with -D%s=%s"
                                .formatted(version, Required.PROPERTY, name));
    }
}
