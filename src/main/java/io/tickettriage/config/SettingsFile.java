package io.tickettriage.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.LineNumberReader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A properties file in UTF-8.
 *
 * @param values name → value, and the line it was set on
 * @param problems names that are set twice, or why the file cannot be understood
 */
public record SettingsFile(SortedMap<String, Given> values, List<String> problems) {
    /** A value, and the place it was set at. */
    record Given(String value, String place) {}

    /** The file that sets nothing. */
    public static SettingsFile empty() {
        return new SettingsFile(new TreeMap<>(), List.of());
    }

    /** Reads a file that errors call {@code source}; what is wrong in it is a problem, not an exception. */
    public static SettingsFile read(InputStream in, String source) throws IOException {
        List<String> problems = new ArrayList<>();
        SortedMap<String, Given> values = new TreeMap<>();
        LineNumberReader lines = new LineNumberReader(new InputStreamReader(in, UTF_8));
        String line;
        while ((line = lines.readLine()) != null) {
            String place = source + ":" + lines.getLineNumber();
            StringBuilder entry = new StringBuilder(line);
            while (line != null && line.endsWith("\\")) {
                line = lines.readLine();
                entry.append('\n').append(line == null ? "" : line);
            }
            Properties properties = new Properties();
            try {
                properties.load(new StringReader(entry.toString()));
            } catch (IllegalArgumentException e) {
                problems.add(place + ": " + e.getMessage());
            }
            properties.stringPropertyNames().forEach(name -> {
                Given earlier = values.put(name, new Given(properties.getProperty(name), place));
                if (earlier != null) {
                    String number = earlier.place().substring(source.length() + 1);
                    problems.add(place + ": " + name + " is set already on line " + number);
                }
            });
        }
        return new SettingsFile(values, problems);
    }
}
