package io.tickettriage.desk.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import io.tickettriage.format.Sha256;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The page and its files, read once into memory. The files stand under a path with a hash of them all, so that browsers may
 * keep them for ever; the page itself names that path, and is asked for again each time.
 *
 * @param index the page
 * @param assets what it loads, by name
 * @param root the path they stand under
 */
record DeskPage(byte[] index, SortedMap<String, byte[]> assets, String root) {
    private static final String FOLDER = "desk/";
    private static final String LIST = FOLDER + "assets.txt";
    private static final int HASH_DIGITS = 12;
    /** Nothing from elsewhere, nothing inline: what a ticket says can never run. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
            + "font-src 'self'; connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";

    private static final Map<String, String> TYPES = Map.of(
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png");

    /**
     * Reads the page from the program. {@code desk/assets.txt} has a line for each file: its name, and for one of a library
     * the WebJar and the path in it.
     */
    static DeskPage load() throws IOException {
        SortedMap<String, byte[]> assets = new TreeMap<>();
        StringBuilder all = new StringBuilder();
        for (String line : new String(read(LIST), UTF_8).lines().toList()) {
            if (!line.isBlank()) {
                String[] asset = line.split("\\s+", 2);
                byte[] bytes = read(resource(asset));
                assets.put(asset[0], bytes);
                all.append(asset[0])
                        .append(' ')
                        .append(Sha256.of(bytes, bytes.length))
                        .append('\n');
            }
        }
        String root = "/assets/" + Sha256.of(all.toString()).substring(0, HASH_DIGITS) + "/";
        String index = new String(read(FOLDER + "index.html"), UTF_8)
                .replace("{{assets}}", root.substring(0, root.length() - 1));
        return new DeskPage(index.getBytes(UTF_8), assets, root);
    }

    /** Where a file is; a WebJar has its version in its paths. */
    private static String resource(String[] asset) throws IOException {
        if (asset.length == 1) {
            return FOLDER + asset[0];
        }
        String[] jarAndPath = asset[1].split("\\s+", 2);
        Properties jar = new Properties();
        jar.load(new ByteArrayInputStream(
                read("META-INF/maven/org.webjars.npm/" + jarAndPath[0] + "/pom.properties")));
        return "META-INF/resources/webjars/" + jarAndPath[0] + "/" + jar.getProperty("version") + "/" + jarAndPath[1];
    }

    static byte[] read(String resource) throws IOException {
        try (InputStream in = DeskPage.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new FileNotFoundException("the program lacks " + resource);
            }
            return in.readAllBytes();
        }
    }

    void addTo(RoutesConfig routes) {
        routes.get("/", this::index).head("/", this::index);
        String path = root + "<name>";
        routes.get(path, this::asset).head(path, this::asset);
    }

    private void index(Context context) {
        secure(context);
        context.contentType("text/html; charset=utf-8").result(index);
    }

    private void asset(Context context) {
        String name = context.pathParam("name");
        byte[] bytes = assets.get(name);
        if (bytes == null) {
            throw new NotFoundResponse("The page has no file of this name");
        }
        secure(context);
        context.header("Cache-Control", "public, max-age=31536000, immutable");
        context.contentType(TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream"));
        context.result(bytes);
    }

    private static void secure(Context context) {
        context.header("Content-Security-Policy", POLICY);
        context.header("X-Frame-Options", "DENY");
        context.header("Referrer-Policy", "no-referrer");
        context.header("Cross-Origin-Opener-Policy", "same-origin");
        context.header("Cross-Origin-Resource-Policy", "same-origin");
    }
}
