package dev.affidavit.listening;

import dev.affidavit.config.ListenerConfig;
import dev.affidavit.spi.AuditListener;
import dev.affidavit.spi.AuditListenerFactory;
import dev.affidavit.spi.ForwardedLine;
import dev.affidavit.spi.LogIdentity;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Listeners of one configuration, which remember what they are told, and then do what a test hooks in. */
final class Ear implements AuditListenerFactory {
    /** What it was told of, and {@code open} and {@code close}. */
    final List<String> heard = new CopyOnWriteArrayList<>();

    final List<Thread> threads = new CopyOnWriteArrayList<>();

    private volatile Hook hook = line -> {};
    private volatile Hook onOpen = log -> {};

    static Ear that(Hook hook) {
        Ear ear = new Ear();
        ear.hook = hook;
        return ear;
    }

    Ear openingWith(Hook hookIn) {
        onOpen = hookIn;
        return this;
    }

    ListenerConfig named(String name) {
        return new ListenerConfig(name, this);
    }

    /** What it was told of, but for {@code open} and {@code close}. */
    List<String> lines() {
        return heard.stream()
                .filter(text -> !text.equals("open") && !text.equals("close"))
                .toList();
    }

    @Override
    public AuditListener open(LogIdentity log) throws Exception {
        onOpen.told(log.logId());
        heard.add("open");
        return new AuditListener() {
            @Override
            public void recorded(ForwardedLine event) throws Exception {
                threads.add(Thread.currentThread());
                String text = new String(event.json(), StandardCharsets.UTF_8);
                heard.add(text);
                hook.told(text);
            }

            @Override
            public void close() {
                heard.add("close");
            }
        };
    }

    /** What a test does inside a listener. */
    interface Hook {
        void told(String line) throws Exception;
    }
}
