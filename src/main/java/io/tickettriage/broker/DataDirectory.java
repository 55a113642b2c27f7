package io.tickettriage.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * The directory a broker keeps its data in, locked for one broker and formatted once.
 *
 * <p>Kafka ends the whole JVM where it cannot use a directory, so everything that can be wrong with one is found here,
 * before Kafka starts.
 */
record DataDirectory(Path directory, FileChannel lockChannel) implements AutoCloseable {
    /** Marks a directory as ours. Kafka refuses to start on the data of another cluster. */
    static final String CLUSTER_ID = "TicketTriageLocalKafka";

    private static final String META_PROPERTIES = "meta.properties";
    private static final String LOCK_FILE = ".triage-broker.lock";

    /**
     * Creates the directory where it does not exist, locks it, and formats it where it is new.
     *
     * @throws BrokerStartException if it is not a directory, cannot be written, is in use by another broker, holds the
     *     data of another cluster, or holds files that are no broker's
     */
    static DataDirectory open(Path path, int node) throws BrokerStartException {
        Path directory = path.toAbsolutePath().normalize();
        if (directory.toString().indexOf(',') >= 0) {
            throw problem(directory, ": Kafka splits directory names at commas; choose a name without one");
        }
        String step = "created";
        try {
            Files.createDirectories(directory);
            if (!Files.isWritable(directory)) {
                throw problem(directory, " cannot be written; choose another, or change its permissions");
            }
            // Before the lock, so that not even a lock file is left in a directory that is not a broker's.
            step = "read";
            requireOurs(directory, node);
            step = "locked";
            DataDirectory locked = new DataDirectory(directory, lock(directory));
            try {
                step = "formatted";
                locked.formatOnce(node);
                return locked;
            } catch (Exception e) {
                locked.close();
                throw e;
            }
        } catch (BrokerStartException e) {
            throw e;
        } catch (Exception e) {
            throw new BrokerStartException(
                    "data directory " + directory + " cannot be " + step + " (" + e + "); choose another", e);
        }
    }

    private static BrokerStartException problem(Path directory, String text) {
        return new BrokerStartException("data directory " + directory + text);
    }

    @Override
    public String toString() {
        return directory.toString();
    }

    @Override
    public void close() {
        Utils.closeQuietly(lockChannel, "lock"); // It is gone with the channel either way.
    }

    /** The lock lives as long as the channel. */
    private static FileChannel lock(Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(directory.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // A broker of this JVM has it.
        }
        channel.close();
        throw problem(directory, " is in use by another broker; stop that one, or choose another");
    }

    private static void requireOurs(Path directory, int nodeId) throws IOException {
        Path metaProperties = directory.resolve(META_PROPERTIES);
        if (!Files.exists(metaProperties)) {
            requireEmpty(directory);
            return;
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(metaProperties)) {
            properties.load(reader);
        }
        String cluster = properties.getProperty("cluster.id", "");
        String node = properties.getProperty("node.id", "");
        if (!cluster.equals(CLUSTER_ID) || !node.equals(Integer.toString(nodeId))) {
            String owner = "\"" + cluster + "\" (node \"" + node + "\")";
            throw problem(directory, " belongs to another Kafka cluster, " + owner + "; choose another directory");
        }
    }

    private static void requireEmpty(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            Optional<Path> foreign =
                    files.filter(file -> !file.endsWith(LOCK_FILE)).min(Comparator.naturalOrder());
            if (foreign.isPresent()) {
                String name = foreign.get().getFileName().toString();
                throw problem(
                        directory, " holds files that are not a broker's (" + name + "); choose a new or empty one");
            }
        }
    }

    private void formatOnce(int node) throws Exception {
        if (!Files.exists(directory.resolve(META_PROPERTIES))) {
            new Formatter()
                    .setNodeId(node)
                    .setClusterId(CLUSTER_ID)
                    .setControllerListenerName("CONTROLLER")
                    .addDirectory(directory.toString())
                    .setMetadataLogDirectory(directory.toString())
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                    .run();
        }
    }
}
