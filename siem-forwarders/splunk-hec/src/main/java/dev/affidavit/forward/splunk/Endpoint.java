package dev.affidavit.forward.splunk;

import java.net.URI;

/** One place where a collector listens. */
record Endpoint(URI base) {
    private static final String COLLECTOR = "services/collector/";

    URI event() {
        return at("event/1.0");
    }

    URI acknowledgements(Channel channel) {
        return at("ack?channel=" + channel.id());
    }

    URI health() {
        return at("health/1.0");
    }

    private URI at(String path) {
        String address = base.toString();
        return URI.create(address + (address.endsWith("/") ? "" : "/") + COLLECTOR + path);
    }

    /** For messages, without the path, which may be a secret of a proxy. */
    @Override
    public String toString() {
        return base.getScheme() + "://" + base.getAuthority();
    }
}
