package dev.affidavit.acceptance;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * A server of applications, reduced to what matters: each deployment has class loaders of its own, all share the JVM and its
 * threads. Obeys the lines of its standard input: {@code deploy NAME}, {@code remove NAME}, or {@code NAME COMMAND} for
 * {@link Deployment}; answers each with a line.
 */
final class DeployingServer {
    /** How an answer begins: frameworks write to standard output too. */
    static final String ANSWER = "> ";

    /** For what works on the last of its tasks, such as a compiler. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final int MORE_MEGABYTES_THAN_THERE_ARE = 1000;

    private final Map<String, Deployed> deployments = new HashMap<>();

    private DeployingServer() {}

    public static void main(String[] arguments) throws Exception {
        DeployingServer server = new DeployingServer();
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            String[] words = order.split(" ", 2);
            System.out.println(ANSWER + server.obey(words[0], words[1]));
        }
    }

    private String obey(String first, String second) throws Exception {
        return switch (first) {
            case "deploy" -> {
                deployments.put(second, Deployed.start());
                yield "deployed";
            }
            case "remove" -> unload(second) ? "unloaded" : "still loaded";
            default -> deployed(first).apply(second);
        };
    }

    private Deployed deployed(String name) {
        return Objects.requireNonNull(deployments.get(name), name);
    }

    /** Tells whether nothing keeps its classes then, but perhaps references that give way when memory is short. */
    private boolean unload(String name) throws IOException {
        WeakReference<ClassLoader> loader = deployed(name).close();
        deployments.remove(name);
        long start = System.nanoTime();
        while (loader.get() != null && System.nanoTime() - start < PATIENCE.toNanos()) {
            exhaustMemory();
        }
        return loader.get() == null;
    }

    /** After which no soft reference holds anything. */
    private static void exhaustMemory() {
        List<byte[]> all = new ArrayList<>();
        try {
            while (all.size() < MORE_MEGABYTES_THAN_THERE_ARE) {
                all.add(new byte[1 << 20]);
            }
        } catch (OutOfMemoryError e) {
            all.clear();
        }
    }

    private record Deployed(URLClassLoader loader, UnaryOperator<String> application) {
        static Deployed start() throws Exception {
            String[] entries = System.getProperty("java.class.path").split(File.pathSeparator, -1);
            URL[] urls = new URL[entries.length];
            for (int i = 0; i < urls.length; i++) {
                urls[i] = Path.of(entries[i]).toUri().toURL();
            }
            URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
            @SuppressWarnings("unchecked")
            UnaryOperator<String> application = (UnaryOperator<String>) loader.loadClass(Deployment.class.getName())
                    .getConstructor()
                    .newInstance();
            return new Deployed(loader, application);
        }

        String apply(String command) {
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            thread.setContextClassLoader(loader);
            try {
                return application.apply(command);
            } finally {
                thread.setContextClassLoader(before);
            }
        }

        WeakReference<ClassLoader> close() throws IOException {
            loader.close();
            return new WeakReference<>(loader);
        }
    }
}
