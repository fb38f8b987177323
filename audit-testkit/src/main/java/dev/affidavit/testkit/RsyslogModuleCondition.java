package dev.affidavit.testkit;

import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** What {@link RequiresRsyslogModule} asks for. */
final class RsyslogModuleCondition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getElement(), RequiresRsyslogModule.class)
                .map(required -> evaluate(List.of(required.value())))
                .orElseGet(() -> ConditionEvaluationResult.enabled("no module is required"));
    }

    private static ConditionEvaluationResult evaluate(List<String> modules) {
        return modules.stream()
                .filter(module -> RsyslogModule.find(module).isEmpty() && !Required.names(module))
                .findFirst()
                .map(module -> ConditionEvaluationResult.disabled(
                        "rsyslog has no %s here; install %s, or require it with -D%s=%s"
                                .formatted(module, RsyslogModule.packageOf(module), Required.PROPERTY, module)))
                .orElseGet(() -> ConditionEvaluationResult.enabled("installed or asked for: " + modules));
    }
}
