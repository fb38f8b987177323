package dev.affidavit.forward.agent;

import dev.affidavit.trail.ProductVersion;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What {@code --version} says: the name of the program and the version of this product. */
public final class VersionLine implements IVersionProvider {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** For picocli. */
    VersionLine() {}

    @Override
    public String[] getVersion() {
        return new String[] {spec.root().name() + " " + ProductVersion.CURRENT};
    }
}
