package io.tickettriage.corrections;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * Lets all stores of the process share a fixed amount of memory outside the heap, however much they hold and however many
 * partitions there are: by default each store takes what it likes. Kafka Streams makes an instance for each store.
 */
public final class BoundedRocksDb implements RocksDBConfigSetter {
    private static final long CACHE_BYTES = 48L * 1024 * 1024;
    /** The part of the cache that holds what has not been written to disk yet. */
    private static final long WRITE_BUFFERS_BYTES = 16L * 1024 * 1024;

    private static final long WRITE_BUFFER_BYTES = 2L * 1024 * 1024;
    /**
     * Four parts, each with a quarter of the memory: RocksDB would make 64, so small that what cannot leave one, such as the
     * share of the write buffers, exceeds it. Few threads use the stores, and do not wait for one another.
     */
    private static final int CACHE_SHARD_BITS = 2;

    static {
        RocksDB.loadLibrary();
    }

    // Shared, so never closed while the process lives.
    private static final Cache CACHE = new LRUCache(CACHE_BYTES, CACHE_SHARD_BITS);
    private static final WriteBufferManager WRITE_BUFFERS = new WriteBufferManager(WRITE_BUFFERS_BYTES, CACHE);

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(CACHE);
        table.setCacheIndexAndFilterBlocks(true);
        table.setPinTopLevelIndexAndFilter(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(WRITE_BUFFERS);
        options.setWriteBufferSize(WRITE_BUFFER_BYTES);
    }

    @Override
    public void close(String storeName, Options options) {}
}
