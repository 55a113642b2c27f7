package io.tickettriage.cli.shared;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Writes a file whole or not at all: beside it first, then forced to the disk, then moved into place.
 *
 * <p>A file that is replaced keeps its permissions, where the file system has any.
 */
public final class AtomicFile {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private AtomicFile() {}

    /** Writes the content of a file. */
    public interface Content {
        void to(OutputStream out) throws IOException;
    }

    public static void write(Path file, byte[] bytes) {
        write(file, out -> out.write(bytes));
    }

    public static void write(Path file, Content content) {
        write(file, content, Optional.empty());
    }

    /** Writes personal data: a file that is not there yet is made for its owner alone. */
    public static void writePrivate(Path file, byte[] bytes) {
        writePrivate(file, out -> out.write(bytes));
    }

    /** Writes personal data: a file that is not there yet is made for its owner alone. */
    public static void writePrivate(Path file, Content content) {
        write(file, content, Optional.of(OWNER_ONLY));
    }

    private static void write(Path file, Content content, Optional<Set<PosixFilePermission>> ofNewFile) {
        Path target = file.toAbsolutePath();
        Path folder = target.getParent();
        // A name of its own: two programs that write the same file must not move each other's half.
        Path part = target.resolveSibling(target.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Optional<Set<PosixFilePermission>> permissions = permissions(target, ofNewFile);
            try {
                try (FileChannel channel = create(part, permissions.isPresent());
                        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
                    content.to(out);
                    out.flush();
                    channel.force(true);
                }
                if (permissions.isPresent()) {
                    Files.setPosixFilePermissions(part, permissions.get());
                }
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new CommandFailedException(file + ": cannot be written (" + e.getMessage() + ")", e);
        }
    }

    /** What the file gets; empty for what the system gives a new file. */
    private static Optional<Set<PosixFilePermission>> permissions(
            Path target, Optional<Set<PosixFilePermission>> ofNewFile) throws IOException {
        if (!target.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return Optional.empty();
        }
        return Files.exists(target) ? Optional.of(Files.getPosixFilePermissions(target)) : ofNewFile;
    }

    /** A file whose permissions are set once it is whole is its owner's alone until then. */
    private static FileChannel create(Path part, boolean ownerOnly) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return ownerOnly
                ? FileChannel.open(part, options, PosixFilePermissions.asFileAttribute(OWNER_ONLY))
                : FileChannel.open(part, options);
    }
}
