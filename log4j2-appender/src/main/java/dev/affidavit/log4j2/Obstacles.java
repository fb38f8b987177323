package dev.affidavit.log4j2;

import dev.affidavit.AuditEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.Filter;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AsyncAppender;
import org.apache.logging.log4j.core.async.AsyncLoggerConfig;
import org.apache.logging.log4j.core.async.AsyncLoggerContext;
import org.apache.logging.log4j.core.config.AppenderRef;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.DefaultConfiguration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.Message;
import org.jspecify.annotations.Nullable;

/** Goes the way of one event through a Log4j configuration, and notes what may keep it from every audit appender. */
final class Obstacles {
    private final LoggerContext context;
    private final Configuration configuration;
    private final String logger;
    private final Level level;
    private final Message message;
    private final LogEvent probe;
    private final List<String> found = new ArrayList<>();
    private boolean reached;

    Obstacles(LoggerContext context, String logger, Level level, AuditEvent event) {
        this.context = context;
        this.configuration = context.getConfiguration();
        this.logger = logger;
        this.level = level;
        this.message = new EventMessage(event);
        this.probe = Log4jLogEvent.newBuilder()
                .setLoggerName(logger)
                .setLevel(level)
                .setMarker(AuditMarkers.audit())
                .setMessage(message)
                .build();
    }

    List<String> find() {
        List<AuditAppender> appenders = configuration.getAppenders().values().stream()
                .filter(AuditAppender.class::isInstance)
                .map(AuditAppender.class::cast)
                .toList();
        if (configuration instanceof DefaultConfiguration) {
            found.add(
                    "Log4j runs on its built-in configuration: none was found, or it could not be read; in a jar made of"
                            + " several that is so if their plugin descriptors Log4j2Plugins.dat are not merged");
        } else if (appenders.isEmpty()) {
            found.add(
                    ("no <Audit> appender in configuration %s; if it is there, is the plugin descriptor Log4j2Plugins.dat"
                                    + " of affidavit-log4j2 on the class path, or merged into your jar?")
                            .formatted(describe(configuration)));
        } else {
            LoggerConfig config = configuration.getLoggerConfig(logger);
            atTheDoor(config);
            along(config);
            if (!reached) {
                found.add(
                        "no AppenderRef leads from logger '%s' to audit appender '%s'; add <AppenderRef ref=\"%s\"/> to %s"
                                .formatted(
                                        logger,
                                        appenders.get(0).getName(),
                                        appenders.get(0).getName(),
                                        describe(config)));
            }
        }
        return found;
    }

    /** What a Log4j logger checks itself: the filter of the whole configuration, and the level if that has no opinion. */
    private void atTheDoor(LoggerConfig config) {
        Filter filter = configuration.getFilter();
        Filter.Result result = filter == null
                ? Filter.Result.NEUTRAL
                : filter.filter(context.getLogger(logger), level, AuditMarkers.audit(), message, null);
        if (result == Filter.Result.DENY) {
            found.add("filter %s of configuration %s denies it".formatted(describe(filter), describe(configuration)));
        } else if (result == Filter.Result.NEUTRAL && !config.getLevel().isLessSpecificThan(level)) {
            found.add(
                    "level %s of %s does not let %s events of logger '%s' pass; give it a <Logger name=\"%s\" level=\"all\">"
                            .formatted(config.getLevel(), describe(config), level, logger, logger));
        }
        if (context instanceof AsyncLoggerContext) {
            found.add("all loggers are asynchronous, and the event may still be in their queue");
        }
    }

    /** From the logger upwards, as far as additivity goes. */
    private void along(LoggerConfig first) {
        for (LoggerConfig config = first; config != null; config = config.isAdditive() ? config.getParent() : null) {
            if (config instanceof AsyncLoggerConfig && !(context instanceof AsyncLoggerContext)) {
                found.add("%s is asynchronous, and the event may still be in its queue".formatted(describe(config)));
            }
            for (Appender appender : config.getAppenders().values()) {
                if (leadsToAudit(appender)) {
                    through(config, appender);
                }
            }
            if (config.isFiltered(probe)) {
                found.add("filter %s of %s denies it".formatted(describe(config.getFilter()), describe(config)));
                return;
            }
        }
    }

    private void through(LoggerConfig config, Appender appender) {
        reached = true;
        for (AppenderRef ref : config.getAppenderRefs()) {
            if (!ref.getRef().equals(appender.getName())) {
                continue;
            }
            if (ref.getLevel() != null && !ref.getLevel().isLessSpecificThan(level)) {
                found.add("level %s of <AppenderRef ref=\"%s\"> in %s does not let %s events pass"
                        .formatted(ref.getLevel(), ref.getRef(), describe(config), level));
            }
            if (isDenying(ref.getFilter())) {
                found.add("filter %s of <AppenderRef ref=\"%s\"> in %s denies it"
                        .formatted(describe(ref.getFilter()), ref.getRef(), describe(config)));
            }
        }
        into(appender);
    }

    private void into(Appender appender) {
        if (appender instanceof AuditAppender audit) {
            audit.problems()
                    .forEach(problem ->
                            found.add("audit appender '%s' refuses: %s".formatted(audit.getName(), problem)));
            if (isDenying(audit.getFilter())) {
                found.add("filter %s of audit appender '%s' denies it"
                        .formatted(describe(audit.getFilter()), audit.getName()));
            }
        } else if (appender instanceof AsyncAppender async) {
            if (isDenying(async.getFilter())) {
                found.add("filter %s of <Async name=\"%s\"> denies it"
                        .formatted(describe(async.getFilter()), async.getName()));
            }
            found.add("<Async name=\"%s\"> is in between, and its queue may still hold the event or have discarded it"
                    .formatted(async.getName()));
            for (String ref : async.getAppenderRefStrings()) {
                Appender behind = configuration.getAppender(ref);
                if (behind instanceof AuditAppender) {
                    into(behind);
                }
            }
        }
    }

    private boolean leadsToAudit(Appender appender) {
        return appender instanceof AuditAppender
                || (appender instanceof AsyncAppender async
                        && Arrays.stream(async.getAppenderRefStrings())
                                .anyMatch(ref -> configuration.getAppender(ref) instanceof AuditAppender));
    }

    private boolean isDenying(@Nullable Filter filter) {
        return filter != null && filter.filter(probe) == Filter.Result.DENY;
    }

    private static String describe(Configuration configuration) {
        String location = configuration.getConfigurationSource().getLocation();
        return location == null ? "'%s' (made by the application)".formatted(configuration.getName()) : location;
    }

    private static String describe(@Nullable Filter filter) {
        return filter == null ? "" : "%s (%s)".formatted(filter.getClass().getSimpleName(), filter);
    }

    private static String describe(LoggerConfig config) {
        return config.getName().isEmpty() ? "<Root>" : "<Logger name=\"%s\">".formatted(config.getName());
    }
}
