package io.tickettriage.cli.shared;

import io.tickettriage.config.ConfigFiles;
import io.tickettriage.config.Settings;
import io.tickettriage.config.SettingsFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of commands that read the configuration. */
public class SettingsOptions {
    @Option(names = "--config", paramLabel = "FILE", description = "The configuration (default: ${DEFAULT-VALUE}).")
    private String file = "config/triage.properties";

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Overrides the file and the environment (TRIAGE_HTTP_PORT=8081); repeatable.")
    private List<String> overrides = new ArrayList<>();

    /** The configuration, and {@code further} overrides over all. */
    public Settings load(String... further) throws IOException {
        List<String> all = new ArrayList<>(overrides);
        all.addAll(List.of(further));
        return Settings.read(ConfigFiles.read(file, SettingsFile::read), System.getenv(), all);
    }

    /** These options as they could be given to another command. */
    public List<String> given() {
        List<String> given = new ArrayList<>(List.of("--config=" + file));
        overrides.forEach(override -> given.add("--set=" + override));
        return given;
    }
}
