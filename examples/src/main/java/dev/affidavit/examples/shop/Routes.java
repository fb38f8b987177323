package dev.affidavit.examples.shop;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which request goes where. */
final class Routes {
    private final List<Route> routes = new ArrayList<>();

    /** Answers a request of a known caller; {@code name} is what the route's group matched, or is empty. */
    interface Handler {
        Response handle(Request request, String name, Caller caller);
    }

    private record Route(Pattern pattern, Handler handler) {}

    /** @param pattern method, space and path, with a group at most */
    Routes add(String pattern, Handler handler) {
        routes.add(new Route(Pattern.compile(pattern), handler));
        return this;
    }

    /** @param caller asked only if there is somebody to answer the request */
    Response answer(Request request, Supplier<Caller> caller) {
        for (Route route : routes) {
            Matcher matcher = route.pattern().matcher(request.method() + " " + request.path());
            if (matcher.matches()) {
                String name = matcher.groupCount() == 0 ? "" : matcher.group(1);
                return route.handler().handle(request, name, caller.get());
            }
        }
        return Response.notFound();
    }
}
