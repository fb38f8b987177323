package dev.affidavit.store;

import dev.affidavit.seal.SigningKey;
import dev.affidavit.seal.Statement;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Makes the keys of a log that has nothing else yet. */
final class NewKeys {
    private NewKeys() {}

    static LogKeys create(Path path, SealOptions options, Environment environment) {
        LogDirectory directory = LogDirectory.prepare(path);
        try {
            DirectoryLock lock = DirectoryLock.acquire(directory, Duration.ZERO);
            try (lock) {
                return create(directory, options, environment);
            }
        } catch (IOException e) {
            throw new StoreException("the keys of a log in %s cannot be made: %s".formatted(directory.path(), e), e);
        }
    }

    private static LogKeys create(LogDirectory directory, SealOptions options, Environment environment)
            throws IOException {
        requireNothing(directory);
        String origin = options.origin() + "/" + directory.readOrCreateId(environment.disk(), environment.random());
        SigningKey first = SigningKey.generate(Statement.epochKeyName(origin, EpochKeys.FIRST), environment.random());
        EpochKeys.in(directory, environment.disk()).store(EpochKeys.FIRST, first);
        // Last, since it is what says that there are keys: after a crash before this they are made again.
        SigningKey logKey = LogKey.create(directory, environment.disk(), origin, environment.random());
        LogKey.settle(directory, environment.disk());
        return new LogKeys(logKey.verifierKey(), first.verifierKey());
    }

    private static void requireNothing(LogDirectory directory) throws IOException {
        Path key = LogKey.file(directory);
        if (KeyFile.exists(key)) {
            throw new StoreException(
                    "%s is there: this log has its keys. keys show tells the public ones".formatted(key));
        }
        if (!directory.segments().isEmpty()
                || !directory.seals().isEmpty()
                || KeyFile.exists(directory.prunedSeals())) {
            throw new StoreException(
                    "%s holds a log already: keys are made before its first event, or by its writer when sealing is on"
                            .formatted(directory.path()));
        }
    }
}
