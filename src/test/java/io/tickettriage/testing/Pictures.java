package io.tickettriage.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Screenshots in {@code target/desk}; with {@code -Dscreenshots=update} those of the documents are written anew. */
public final class Pictures {
    private static final Path FOLDER = Path.of("target", "desk");
    private static final int MAX_BYTES = 250 * 1024;

    private Pictures() {}

    /** Keeps what is seen, as {@code NAME.png}. */
    public static void take(Browser browser, String name) throws IOException {
        byte[] png = browser.screenshot();
        assertThat(png).as(name).hasSizeGreaterThan(10_000);
        Files.write(Files.createDirectories(FOLDER).resolve(name + ".png"), png);
    }

    /** Keeps a figure beside the pictures. */
    public static void note(String name, String text) throws IOException {
        Files.writeString(Files.createDirectories(FOLDER).resolve(name + ".txt"), text);
    }

    /** Makes a picture that was taken one of the documents: small enough for a page. */
    public static void publish(String name, String document) throws IOException {
        byte[] png = packed(FOLDER.resolve(name + ".png"));
        assertThat(png.length).as(name).isLessThanOrEqualTo(MAX_BYTES);
        if (System.getProperty("screenshots", "").equals("update")) {
            Files.write(Files.createDirectories(Path.of("docs", "images")).resolve(document + ".png"), png);
        }
    }

    /** The same picture in fewer bytes: a browser takes no time to compress one. */
    private static byte[] packed(Path png) throws IOException {
        BufferedImage seen = ImageIO.read(png.toFile());
        BufferedImage opaque = new BufferedImage(seen.getWidth(), seen.getHeight(), BufferedImage.TYPE_INT_RGB);
        opaque.createGraphics().drawImage(seen, 0, 0, null);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ImageWriteParam best = writer.getDefaultWriteParam();
        best.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        best.setCompressionQuality(0);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(opaque, null, null), best);
        }
        writer.dispose();
        return bytes.toByteArray();
    }
}
