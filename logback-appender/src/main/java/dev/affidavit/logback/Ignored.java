package dev.affidavit.logback;

import ch.qos.logback.core.Context;
import ch.qos.logback.core.model.processor.ImplicitModelHandler;
import ch.qos.logback.core.status.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Logback found below an element of the configuration and did not understand. It goes on without it, and says so in
 * its status list only, which is where this looks. Not thread-safe.
 */
final class Ignored {
    private static final Pattern UNKNOWN_PROPERTY =
            Pattern.compile("Ignoring unknown property \\[(.*)\\] in \\[(.*)\\]");

    private final Context context;
    private final String owner;
    /** What the list held before the element was read: other elements' and earlier configurations' faults. */
    private final Set<Status> before;

    private Ignored(Context context, String owner, Set<Status> before) {
        this.context = context;
        this.owner = owner;
        this.before = before;
    }

    /** To be called when {@code bean} was made and none of its element's content has been read. */
    static Ignored from(Context context, Object bean) {
        Set<Status> before = Collections.newSetFromMap(new IdentityHashMap<>());
        before.addAll(context.getStatusManager().getCopyOfStatusList());
        return new Ignored(context, bean.getClass().getName(), before);
    }

    /** The names of unknown elements directly below the bean's. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        for (Status status : complaints()) {
            Matcher matcher = UNKNOWN_PROPERTY.matcher(status.getMessage());
            if (matcher.find() && matcher.group(2).equals(owner)) {
                names.add(matcher.group(1));
            }
        }
        return names;
    }

    /** Everything else that Logback could not make of what is below, such as a filter of a class that does not exist. */
    List<String> failures() {
        return complaints().stream()
                .filter(status -> status.getLevel() == Status.ERROR)
                .map(status -> "Logback: " + status.getMessage())
                .toList();
    }

    private List<Status> complaints() {
        return context.getStatusManager().getCopyOfStatusList().stream()
                .filter(status -> !before.contains(status) && status.getOrigin() instanceof ImplicitModelHandler)
                .toList();
    }
}
