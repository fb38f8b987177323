package dev.affidavit.testkit;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** What {@link RequiresProgram} asks for. */
final class ProgramCondition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getElement(), RequiresProgram.class)
                .map(required -> evaluate(required.value()))
                .orElseGet(() -> ConditionEvaluationResult.enabled("no program is required"));
    }

    private static ConditionEvaluationResult evaluate(String[] programs) {
        return Arrays.stream(programs)
                .map(ProgramCondition::evaluate)
                .filter(ConditionEvaluationResult::isDisabled)
                .findFirst()
                .orElseGet(() -> ConditionEvaluationResult.enabled("installed or asked for: " + List.of(programs)));
    }

    private static ConditionEvaluationResult evaluate(String program) {
        if (Program.find(program).isPresent()) {
            return ConditionEvaluationResult.enabled(program + " is installed");
        }
        return Required.names(program)
                ? ConditionEvaluationResult.enabled(
                        "%s is not installed, and -D%s asks for it".formatted(program, Required.PROPERTY))
                : ConditionEvaluationResult.disabled("%s is not installed; install it, or require it with -D%s=%s"
                        .formatted(program, Required.PROPERTY, program));
    }
}
