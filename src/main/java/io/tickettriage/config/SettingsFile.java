package io.tickettriage.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A properties file in UTF-8.
 *
 * @param values name → value, and the line it was set on
 * @param problems names that are set twice, or why the file cannot be understood
 */
public record SettingsFile(SortedMap<String, Given> values, List<String> problems) {
    private static final Pattern NAME = Pattern.compile("\\s*([^#!\\s=:][^\\s=:]*)\\s*[=:\\s]?.*");

    /** A value, and the place it was set at. */
    record Given(String value, String place) {}

    /** The file that sets nothing. */
    public static SettingsFile empty() {
        return new SettingsFile(new TreeMap<>(), List.of());
    }

    /**
     * Reads a file.
     *
     * @param source its name, for errors
     * @throws IOException if it cannot be read; what is wrong in it is a problem instead
     */
    public static SettingsFile read(InputStream in, String source) throws IOException {
        String text = new String(in.readAllBytes(), UTF_8);
        List<String> problems = new ArrayList<>();
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IllegalArgumentException e) {
            problems.add(source + ": " + e.getMessage());
        }
        Map<String, Integer> lines = lines(text, source, problems);
        SortedMap<String, Given> values = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> {
            String place = lines.containsKey(name) ? source + ":" + lines.get(name) : source;
            values.put(name, new Given(properties.getProperty(name), place));
        });
        return new SettingsFile(values, problems);
    }

    private static Map<String, Integer> lines(String text, String source, List<String> problems) {
        Map<String, Integer> lines = new TreeMap<>();
        int number = 0;
        boolean continued = false;
        for (String line : text.lines().toList()) {
            number++;
            Matcher name = NAME.matcher(line);
            if (!continued && name.matches()) {
                Integer earlier = lines.put(name.group(1), number);
                if (earlier != null) {
                    problems.add(source + ":" + number + ": " + name.group(1) + " is set already on line " + earlier);
                }
            }
            continued = line.endsWith("\\");
        }
        return lines;
    }
}
