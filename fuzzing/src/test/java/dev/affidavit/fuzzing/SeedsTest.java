package dev.affidavit.fuzzing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every input that a run of the fuzzer kept, again, and the same inputs cut short: without the fuzzer. */
final class SeedsTest {
    private static final Path SEEDS = Path.of("seeds");
    private static final String TARGET = "Target.java";

    static Stream<String> targets() throws IOException {
        try (Stream<Path> sources = Files.list(Path.of("src/main/java/dev/affidavit/fuzzing"))) {
            return sources
                    .map(source -> source.getFileName().toString())
                    .filter(name -> name.endsWith(TARGET))
                    .map(name -> name.substring(0, name.length() - TARGET.length()))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("targets")
    void shouldHoldForEverySeed(String target) throws Exception {
        Method method = Class.forName("dev.affidavit.fuzzing." + target + "Target")
                .getMethod("fuzzerTestOneInput", byte[].class);
        List<String> seeds = Files.readAllLines(SEEDS.resolve(target + ".txt"));

        assertThat(seeds).isNotEmpty().doesNotHaveDuplicates();
        for (String seed : seeds) {
            byte[] input = Base64.getDecoder().decode(seed);
            run(method, input);
            run(method, java.util.Arrays.copyOf(input, input.length / 2));
        }
        run(method, new byte[0]);
    }

    private static void run(Method method, byte[] input) throws IllegalAccessException {
        try {
            method.invoke(null, (Object) input);
        } catch (InvocationTargetException e) {
            throw new AssertionError(
                    "for " + Base64.getEncoder().encodeToString(input) + ": " + e.getCause(), e.getCause());
        }
    }
}
