package io.limiquantix.runtime.cluster;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code cluster}: how processes find each other.
 *
 * @param name processes of another name are refused
 * @param address the interface to bind to, which the other members reach
 * @param port Hazelcast's port
 * @param busPort where the other members send messages to; absent or 0: any that is free
 * @param members {@code address:port} of each process that may be asked for the cluster; none: a cluster of one
 * @param lite true for a host, which keeps no share of the cluster's data
 * @param certificates folder with the bus's certificate authority and this process's certificate; made when empty
 */
public record ClusterConfig(
        @Nullable String name,
        @Nullable String address,
        @Nullable Integer port,
        @Nullable Integer busPort,
        @Nullable List<String> members,
        @Nullable Boolean lite,
        @Nullable Path certificates) {
    private static final int DEFAULT_PORT = 5701;

    String clusterName() {
        return name == null ? "limiquantix" : name;
    }

    String bindAddress() {
        return address == null ? "127.0.0.1" : address;
    }

    int hazelcastPort() {
        return port == null ? DEFAULT_PORT : port;
    }

    int messagePort() {
        return busPort == null ? 0 : busPort;
    }

    List<String> listedMembers() {
        return members == null || members.isEmpty() ? List.of(bindAddress() + ":" + hazelcastPort()) : members;
    }

    boolean isLite() {
        return lite != null && lite;
    }
}
