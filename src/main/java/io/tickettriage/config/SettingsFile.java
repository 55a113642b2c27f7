package io.tickettriage.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A properties file in UTF-8: its values, and on which line each was set.
 *
 * @param source its name, for errors
 * @param values name → value
 * @param lines name → line, from 1
 * @param problems names that are set twice, or why the file cannot be understood
 */
public record SettingsFile(
        String source, SortedMap<String, String> values, Map<String, Integer> lines, List<String> problems) {
    private static final Pattern NAME = Pattern.compile("\\s*([^#!\\s=:][^\\s=:]*)\\s*[=:\\s]?.*");

    public SettingsFile {
        values = new TreeMap<>(values);
        lines = Map.copyOf(lines);
        problems = List.copyOf(problems);
    }

    /** A file that says nothing. */
    public static SettingsFile none() {
        return new SettingsFile("(no file)", new TreeMap<>(), Map.of(), List.of());
    }

    /**
     * Reads a file.
     *
     * @param source its name, for errors
     * @throws IOException if it cannot be read; what is wrong in it is a problem instead
     */
    public static SettingsFile read(InputStream in, String source) throws IOException {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        List<String> problems = new ArrayList<>();
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IllegalArgumentException e) {
            problems.add(source + ": " + e.getMessage());
        }
        SortedMap<String, String> values = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
        return new SettingsFile(source, values, lines(text, source, problems), problems);
    }

    /** Where a name was set. */
    String place(String name) {
        Integer line = lines.get(name);
        return line == null ? source : source + ":" + line;
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
