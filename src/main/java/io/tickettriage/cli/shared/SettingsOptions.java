package io.tickettriage.cli.shared;

import io.tickettriage.config.ConfigFiles;
import io.tickettriage.config.Settings;
import io.tickettriage.config.SettingsFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of commands that read the configuration. */
public final class SettingsOptions {
    private static final String DEFAULT_FILE = "config/triage.properties";

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = DEFAULT_FILE,
            description = "The configuration file (default: ${DEFAULT-VALUE}).")
    private String file;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Overrides one setting; may be given several times. The environment overrides the file: "
                    + "TRIAGE_OUTPUT_SCORES is triage.output.scores.")
    private List<String> overrides = new ArrayList<>();

    /** The configuration. */
    public Settings load(String... further) throws IOException {
        List<String> all = new ArrayList<>(overrides);
        all.addAll(List.of(further));
        return Settings.read(ConfigFiles.read(file, SettingsFile::read), System.getenv(), all);
    }
}
