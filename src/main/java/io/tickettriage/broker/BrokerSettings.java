package io.tickettriage.broker;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** What a broker for a demo or a test is set to. */
public final class BrokerSettings {
    /** The largest record batch a topic may ask for: a model artifact of 8 MiB, and room for the batch's own header. */
    public static final int MAX_MESSAGE_BYTES = 9 * 1024 * 1024;

    private static final int MOST_REPLICAS = 3;

    private BrokerSettings() {}

    /**
     * Settings that clients can observe, by Kafka's names: the same on the embedded broker and on one in a container, so
     * that a test means the same on both.
     */
    public static Map<String, String> behaviour() {
        return behaviour(1);
    }

    /** The same for a cluster of {@code nodes}: everything has three replicas, or as many as there are nodes. */
    private static Map<String, String> behaviour(int nodes) {
        String replicas = Integer.toString(Math.min(nodes, MOST_REPLICAS));
        // One of three may be down; of one or two, none.
        String inSync = Integer.toString(Math.min(nodes, MOST_REPLICAS - 1));
        // One node: everything internal has few partitions. Several: each coordinates some.
        String partitions = Integer.toString(nodes);
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("auto.create.topics.enable", "false");
        settings.put("message.max.bytes", Integer.toString(MAX_MESSAGE_BYTES));
        settings.put("replica.fetch.max.bytes", Integer.toString(MAX_MESSAGE_BYTES));
        settings.put("default.replication.factor", replicas);
        settings.put("min.insync.replicas", inSync);
        settings.put("offsets.topic.replication.factor", replicas);
        settings.put("offsets.topic.num.partitions", partitions);
        settings.put("transaction.state.log.replication.factor", replicas);
        settings.put("transaction.state.log.min.isr", inSync);
        settings.put("transaction.state.log.num.partitions", partitions);
        settings.put("share.coordinator.state.topic.replication.factor", replicas);
        settings.put("share.coordinator.state.topic.min.isr", inSync);
        settings.put("share.coordinator.state.topic.num.partitions", partitions);
        // The default waits 3 s for further members each time a group starts.
        settings.put("group.initial.rebalance.delay.ms", "0");
        return settings;
    }

    /** All settings of an embedded broker with its data in {@code directory}, its ports on loopback. */
    static Map<String, String> embedded(BrokerNode node, String directory) {
        Map<String, String> settings = new TreeMap<>(behaviour(node.clusterSize()));
        boolean alone = node.clusterSize() == 1;
        String internal = alone ? "" : ",INTERNAL://127.0.0.1:" + node.internalPort();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(node.id()));
        settings.put("controller.quorum.voters", node.voters());
        settings.put(
                "listeners",
                "CLIENTS://127.0.0.1:" + node.port() + internal + ",CONTROLLER://127.0.0.1:" + node.controllerPort());
        settings.put("advertised.listeners", "CLIENTS://127.0.0.1:" + node.advertisedPort() + internal);
        settings.put("listener.security.protocol.map", "CLIENTS:PLAINTEXT,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("inter.broker.listener.name", alone ? "CLIENTS" : "INTERNAL");
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
