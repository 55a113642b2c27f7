package io.tickettriage.broker;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One broker of a cluster, controller included, and the ports it uses on loopback.
 *
 * @param id its node id, from 1
 * @param port where clients reach it
 * @param advertisedPort where it tells its clients to reach it: {@code port}, or that of a proxy in front of it
 * @param internalPort where other brokers reach it; {@code port} where there are none
 * @param controllerPorts node id → port of the controller, this one's included
 */
public record BrokerNode(
        int id, int port, int advertisedPort, int internalPort, Map<Integer, Integer> controllerPorts) {
    public BrokerNode {
        controllerPorts = Map.copyOf(new TreeMap<>(controllerPorts));
        if (!controllerPorts.containsKey(id)) {
            throw new IllegalArgumentException("node " + id + " is none of the controllers " + controllerPorts);
        }
    }

    /** A cluster of one. */
    static BrokerNode alone(int port) throws IOException {
        return new BrokerNode(1, port, port, port, Map.of(1, FreePort.find()));
    }

    int clusterSize() {
        return controllerPorts.size();
    }

    int controllerPort() {
        return controllerPorts.getOrDefault(id, 0);
    }

    /** The controllers as Kafka's settings name them. */
    String voters() {
        return controllerPorts.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(controller -> controller.getKey() + "@127.0.0.1:" + controller.getValue())
                .collect(Collectors.joining(","));
    }
}
