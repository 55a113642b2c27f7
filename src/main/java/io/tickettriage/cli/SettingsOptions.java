package io.tickettriage.cli;

import io.tickettriage.ops.Settings;
import io.tickettriage.ops.SettingsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that reads the configuration. */
final class SettingsOptions {
    @Option(
            names = "--settings",
            paramLabel = "FILE",
            description = "The configuration. Default: config/triage.properties.")
    private @Nullable Path file;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Sets one key of the configuration, whatever the file and the environment say. Repeatable.")
    private List<String> overrides = new ArrayList<>();

    /** The configuration: overrides, else the environment, else the file, else the defaults. */
    Settings load() throws IOException {
        return load(Map.of());
    }

    /**
     * The configuration with what a command has options of its own for.
     *
     * @param options name → value as given on the command line; beats everything else
     */
    Settings load(Map<String, String> options) throws IOException {
        List<String> all = new ArrayList<>(overrides);
        options.forEach((name, value) -> all.add(name + "=" + value));
        SettingsFile settings = ConfigFiles.read(file, "triage.properties", SettingsFile::read);
        return Settings.read(settings, System.getenv(), all);
    }
}
