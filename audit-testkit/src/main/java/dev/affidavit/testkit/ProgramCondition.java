package dev.affidavit.testkit;

import java.util.Arrays;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** What {@link RequiresProgram} asks for. */
final class ProgramCondition implements ExecutionCondition {
    private static final String REQUIRED = "affidavit.require";

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getElement(), RequiresProgram.class)
                .map(required -> evaluate(required.value()))
                .orElseGet(() -> ConditionEvaluationResult.enabled("no program is required"));
    }

    private static ConditionEvaluationResult evaluate(String program) {
        if (Program.find(program).isPresent()) {
            return ConditionEvaluationResult.enabled(program + " is installed");
        }
        boolean required = Arrays.stream(System.getProperty(REQUIRED, "").split(","))
                .map(String::strip)
                .anyMatch(name -> !name.isEmpty() && program.startsWith(name));
        return required
                ? ConditionEvaluationResult.enabled(
                        "%s is not installed, and -D%s asks for it".formatted(program, REQUIRED))
                : ConditionEvaluationResult.disabled("%s is not installed; install it, or require it with -D%s=%s"
                        .formatted(program, REQUIRED, program));
    }
}
