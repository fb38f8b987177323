package dev.affidavit.logback;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.AppenderAttachable;
import ch.qos.logback.core.spi.FilterReply;
import dev.affidavit.AuditEvent;
import dev.affidavit.AuditMarkers;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Goes the way of one event through a Logback configuration, and notes what may keep it from every audit appender. */
final class Obstacles {
    private final LoggerContext context;
    private final Logger logger;
    private final Level level;
    private final AuditEvent event;
    private final LoggingEvent probe;
    private final List<String> found = new ArrayList<>();
    private boolean reached;

    Obstacles(LoggerContext context, String logger, Level level, AuditEvent event) {
        this.context = context;
        this.logger = context.getLogger(logger);
        this.level = level;
        this.event = event;
        this.probe = new LoggingEvent(Obstacles.class.getName(), this.logger, level, "{}", null, new Object[] {event});
        probe.addMarker(AuditMarkers.audit());
    }

    List<String> find() {
        atTheDoor();
        along();
        if (!reached) {
            found.add(notAttached());
        }
        return found;
    }

    /** What a Logback logger checks itself: the turbo filters, and the level if they have no opinion. */
    private void atTheDoor() {
        for (TurboFilter filter : context.getTurboFilterList()) {
            FilterReply reply = filter.decide(AuditMarkers.audit(), logger, level, "{}", new Object[] {event}, null);
            if (reply == FilterReply.DENY) {
                found.add("turbo filter %s denies it".formatted(describe(filter.getName(), filter)));
            }
            if (reply != FilterReply.NEUTRAL) {
                return;
            }
        }
        if (!level.isGreaterOrEqual(logger.getEffectiveLevel())) {
            found.add(("level %s of logger '%s' does not let %s events of logger '%s' pass;"
                            + " give it a <logger name=\"%s\" level=\"all\">")
                    .formatted(
                            logger.getEffectiveLevel(),
                            levelFrom(logger).getName(),
                            level,
                            logger.getName(),
                            logger.getName()));
        }
    }

    private Logger levelFrom(Logger of) {
        Logger above = of.getLevel() == null ? parent(of) : null;
        return above == null ? of : levelFrom(above);
    }

    /** From the logger upwards, as far as additivity goes. */
    private void along() {
        for (Logger current = logger; current != null; current = current.isAdditive() ? parent(current) : null) {
            for (Iterator<Appender<ILoggingEvent>> i = current.iteratorForAppenders(); i.hasNext(); ) {
                Appender<ILoggingEvent> appender = i.next();
                if (auditIn(appender) != null) {
                    into(appender);
                }
            }
        }
    }

    private @Nullable Logger parent(Logger of) {
        if (of.getName().equals(Logger.ROOT_LOGGER_NAME)) {
            return null;
        }
        String name = of.getName();
        while (name.indexOf('.') >= 0) {
            name = name.substring(0, name.lastIndexOf('.'));
            Logger above = context.exists(name);
            if (above != null) {
                return above;
            }
        }
        return context.getLogger(Logger.ROOT_LOGGER_NAME);
    }

    private void into(Appender<ILoggingEvent> appender) {
        for (Filter<ILoggingEvent> filter : appender.getCopyOfAttachedFiltersList()) {
            FilterReply reply = filter.decide(probe);
            if (reply == FilterReply.DENY) {
                found.add("filter %s of appender '%s' denies it"
                        .formatted(describe(filter.getName(), filter), appender.getName()));
            }
            if (reply != FilterReply.NEUTRAL) {
                break;
            }
        }
        if (appender instanceof AuditAppender audit) {
            reached = true;
            audit.problems()
                    .forEach(problem ->
                            found.add("audit appender '%s' refuses: %s".formatted(audit.getName(), problem)));
        } else if (appender instanceof AppenderAttachable<?> stage) {
            found.add("%s is in between, and its queue may still hold the event or have discarded it"
                    .formatted(describe(appender.getName(), appender)));
            insideOf(stage).forEach(this::into);
        }
    }

    private String notAttached() {
        for (Logger other : context.getLoggerList()) {
            for (Iterator<Appender<ILoggingEvent>> i = other.iteratorForAppenders(); i.hasNext(); ) {
                AuditAppender audit = auditIn(i.next());
                if (audit != null) {
                    return ("audit appender '%s' is attached to logger '%s' only, and events of logger '%s' do not get there;"
                                    + " add <appender-ref ref=\"%s\"/> to <logger name=\"%s\">")
                            .formatted(
                                    audit.getName(),
                                    other.getName(),
                                    logger.getName(),
                                    audit.getName(),
                                    logger.getName());
                }
            }
        }
        return "no dev.affidavit.logback.AuditAppender is attached to any logger; add one, and an <appender-ref> to it";
    }

    /** The audit appender that this is, or that is behind it; null if there is none. */
    private static @Nullable AuditAppender auditIn(Appender<ILoggingEvent> appender) {
        if (appender instanceof AuditAppender audit) {
            return audit;
        }
        if (appender instanceof AppenderAttachable<?> stage) {
            for (Appender<ILoggingEvent> behind : insideOf(stage)) {
                AuditAppender audit = auditIn(behind);
                if (audit != null) {
                    return audit;
                }
            }
        }
        return null;
    }

    /** What is attached to an appender that is attached to a Logback logger takes the events of one. */
    @SuppressWarnings("unchecked")
    private static List<Appender<ILoggingEvent>> insideOf(AppenderAttachable<?> stage) {
        List<Appender<ILoggingEvent>> inside = new ArrayList<>();
        ((AppenderAttachable<ILoggingEvent>) stage).iteratorForAppenders().forEachRemaining(inside::add);
        return inside;
    }

    private static String describe(@Nullable String name, Object thing) {
        String type = thing.getClass().getName();
        return name == null ? type : "'%s' (%s)".formatted(name, type);
    }
}
