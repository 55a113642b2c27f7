package io.tickettriage.corrections;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** What all stores of a process take outside the heap together, as RocksDB itself reports it. */
class BoundedRocksDbTest {
    private static final long MIB = 1024 * 1024;
    private static final int STORES = 24;
    private static final int VALUE_BYTES = 1_000;

    private final List<Options> options = new ArrayList<>();
    private final List<RocksDB> stores = new ArrayList<>();
    private final Random random = new Random(1);

    @TempDir
    private Path directory;

    @BeforeEach
    void open() throws IOException, RocksDBException {
        for (int store = 0; store < STORES; store++) {
            Options its = new Options().setCreateIfMissing(true).setTableFormatConfig(new BlockBasedTableConfig());
            new BoundedRocksDb().setConfig("store-" + store, its, Map.of());
            options.add(its);
            stores.add(RocksDB.open(
                    its,
                    Files.createDirectory(directory.resolve("store-" + store)).toString()));
        }
    }

    @AfterEach
    void close() {
        stores.forEach(RocksDB::close);
        options.forEach(Options::close);
    }

    @Test
    void shouldShareOneLimitForWhatIsNotWrittenToDiskYet() throws Exception {
        int records = 1_800;
        for (int record = 0; record < records; record++) {
            for (RocksDB store : stores) {
                store.put(key(record), value());
            }
        }

        // Each store has less than one buffer of its own, so none would ever write to disk for itself.
        assertThat((long) STORES * records * VALUE_BYTES).isGreaterThan(40 * MIB);
        // What is being written to disk counts until it is there, and the next write asks for more to be written.
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            for (RocksDB store : stores) {
                store.put(key(records), value());
            }
            assertThat(sum("rocksdb.cur-size-all-mem-tables")).isBetween(4 * MIB, 16 * MIB);
        });
    }

    @Test
    void shouldShareOneCacheForWhatIsRead() throws Exception {
        int records = 3_000;
        for (RocksDB store : stores) {
            for (int record = 0; record < records; record++) {
                store.put(key(record), value());
            }
        }
        long read = 0;
        for (RocksDB store : stores) {
            for (int record = 0; record < records; record++) {
                read += store.get(key(record)).length;
            }
        }

        assertThat(read).isEqualTo((long) STORES * records * VALUE_BYTES);
        assertThat((long) STORES * records * VALUE_BYTES).isGreaterThan(60 * MIB);
        for (RocksDB store : stores) {
            assertThat(store.getLongProperty("rocksdb.block-cache-capacity")).isEqualTo(48 * MIB);
            assertThat(store.getLongProperty("rocksdb.block-cache-usage")).isBetween(30 * MIB, 48 * MIB);
        }
    }

    private long sum(String property) throws RocksDBException {
        long sum = 0;
        for (RocksDB store : stores) {
            sum += store.getLongProperty(property);
        }
        return sum;
    }

    private static byte[] key(int record) {
        return "ticket-%08d".formatted(record).getBytes(US_ASCII);
    }

    /** Bytes that cannot be compressed. */
    private byte[] value() {
        byte[] value = new byte[VALUE_BYTES];
        random.nextBytes(value);
        return value;
    }
}
