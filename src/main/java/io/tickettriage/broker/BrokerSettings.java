package io.tickettriage.broker;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** What a broker of one node for a demo or a test is set to. */
public final class BrokerSettings {
    /** The largest record batch a topic may ask for: a model artifact of 8 MiB, and room for the batch's own header. */
    public static final int MAX_MESSAGE_BYTES = 9 * 1024 * 1024;

    private BrokerSettings() {}

    /**
     * Settings that clients can observe, by Kafka's names: the same on the embedded broker and on one in a container, so
     * that a test means the same on both.
     */
    public static Map<String, String> behaviour() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("auto.create.topics.enable", "false");
        settings.put("message.max.bytes", Integer.toString(MAX_MESSAGE_BYTES));
        settings.put("replica.fetch.max.bytes", Integer.toString(MAX_MESSAGE_BYTES));
        // One node: everything internal has one replica and few partitions.
        settings.put("default.replication.factor", "1");
        settings.put("min.insync.replicas", "1");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("share.coordinator.state.topic.num.partitions", "1");
        // The default waits 3 s for further members each time a group starts.
        settings.put("group.initial.rebalance.delay.ms", "0");
        return settings;
    }

    /** All settings of the embedded broker with id {@code node}, its data in {@code directory}, its ports on loopback. */
    static Map<String, String> embedded(int node, String directory, int port, int controllerPort) {
        Map<String, String> settings = new TreeMap<>(behaviour());
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(node));
        settings.put("controller.quorum.voters", node + "@127.0.0.1:" + controllerPort);
        settings.put("listeners", "CLIENTS://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        settings.put("advertised.listeners", "CLIENTS://127.0.0.1:" + port);
        settings.put("listener.security.protocol.map", "CLIENTS:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("inter.broker.listener.name", "CLIENTS");
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("log.dirs", directory);
        // With the defaults, a restart after kill -9 waits 13 s for the old registration to expire.
        settings.put("broker.session.timeout.ms", "3000");
        settings.put("broker.heartbeat.interval.ms", "500");
        // Kafka's default, and no less: it drops the markers of a partition without a leader (KAFKA-20734), so a broker
        // that starts again must have its leaders before it first ends timed-out transactions.
        settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "10000");
        // The defaults are for a server: 128 MB for the cleaner alone, and 8 I/O threads.
        settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 * 1024 * 1024));
        settings.put("log.cleaner.io.buffer.size", Integer.toString(256 * 1024));
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        settings.put("background.threads", "2");
        return settings;
    }
}
