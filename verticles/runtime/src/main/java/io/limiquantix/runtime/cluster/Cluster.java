package io.limiquantix.runtime.cluster;

import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MultiMapConfig;
import com.hazelcast.config.TcpIpConfig;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.spi.cluster.hazelcast.ConfigUtil;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins the Hazelcast cluster that tells which process answers at which address. Nothing of value is kept in it: it may
 * lose or invent entries in a partition. Messages themselves travel over mutual TLS with the bus's own certificate
 * authority, so that whoever reaches Hazelcast's port cannot send one.
 */
public final class Cluster {
    private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);
    private static final int BACKUPS = 2;

    private final Vertx vertx;
    private final HazelcastClusterManager manager;

    private Cluster(Vertx vertx, HazelcastClusterManager manager) {
        this.vertx = vertx;
        this.manager = manager;
    }

    public Vertx vertx() {
        return vertx;
    }

    /** Runs the action whenever a member has left or is held for dead. */
    public void onMemberLeft(Runnable action) {
        manager.getHazelcastInstance().getCluster().addMembershipListener(new MembershipListener() {
            @Override
            public void memberAdded(MembershipEvent event) {
                LOG.info("joined by {}", event.getMember().getAddress());
            }

            @Override
            public void memberRemoved(MembershipEvent event) {
                LOG.warn("left by {}", event.getMember().getAddress());
                action.run();
            }
        });
    }

    /** Blocks until this process is a member. */
    public static Cluster join(ClusterConfig config, Path dataDirectory) {
        BusCertificates certificates = BusCertificates.in(BusCertificates.folder(config, dataDirectory));
        var options =
                new VertxOptions().setPreferNativeTransport(true).setEventBusOptions(eventBus(config, certificates));
        var manager = new HazelcastClusterManager(hazelcast(config));
        Vertx vertx = Vertx.builder()
                .with(options)
                .withClusterManager(manager)
                .buildClustered()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return new Cluster(vertx, manager);
    }

    private static EventBusOptions eventBus(ClusterConfig config, BusCertificates certificates) {
        EventBusOptions options = new EventBusOptions();
        options.setHost(config.bindAddress())
                .setPort(config.messagePort())
                .setSsl(true)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .setCertPath(certificates.certificate().toString())
                        .setKeyPath(certificates.key().toString()))
                .setTrustOptions(new PemTrustOptions()
                        .addCertPath(certificates.authority().toString()))
                .setTrustAll(false)
                .setClientAuth(ClientAuth.REQUIRED);
        return options;
    }

    private static Config hazelcast(ClusterConfig settings) {
        Config config = ConfigUtil.loadConfig();
        config.setClusterName(settings.clusterName());
        config.setLiteMember(settings.isLite());
        var network = config.getNetworkConfig();
        network.setPort(settings.hazelcastPort()).setPortAutoIncrement(false);
        network.getInterfaces().setEnabled(true).addInterface(settings.bindAddress());
        network.getJoin().getMulticastConfig().setEnabled(false);
        network.getJoin().getAutoDetectionConfig().setEnabled(false);
        TcpIpConfig members =
                network.getJoin().getTcpIpConfig().setEnabled(true).setConnectionTimeoutSeconds(2);
        settings.listedMembers().forEach(members::addMember);
        config.addMultiMapConfig(new MultiMapConfig("__vertx.subs").setBackupCount(BACKUPS));
        config.addMapConfig(new MapConfig("__vertx.nodeInfo").setBackupCount(BACKUPS));
        config.getSerializationConfig().setJavaSerializationFilterConfig(filter());
        config.setProperty("hazelcast.phone.home.enabled", "false")
                .setProperty("hazelcast.logging.type", "slf4j")
                .setProperty("hazelcast.socket.bind.any", "false")
                .setProperty("hazelcast.wait.seconds.before.join", "0")
                .setProperty("hazelcast.heartbeat.interval.seconds", "2")
                .setProperty("hazelcast.max.no.heartbeat.seconds", "15")
                .setProperty("hazelcast.merge.first.run.delay.seconds", "10")
                .setProperty("hazelcast.merge.next.run.delay.seconds", "10")
                .setProperty("hazelcast.operation.thread.count", "2")
                .setProperty("hazelcast.operation.generic.thread.count", "2")
                .setProperty("hazelcast.io.thread.count", "1")
                .setProperty("hazelcast.event.thread.count", "1")
                .setProperty("hazelcast.shutdownhook.enabled", "false");
        return config;
    }

    /**
     * What other members send is not trusted: only the classes that Vert.x itself puts into the cluster are read, and
     * those of which failures consist. A failure that cannot be read leaves whoever waits for it waiting.
     */
    private static JavaSerializationFilterConfig filter() {
        var filter = new JavaSerializationFilterConfig();
        filter.getWhitelist()
                .addPrefixes("io.vertx.spi.cluster.hazelcast.", "io.vertx.core.", "com.hazelcast.")
                .addPrefixes("java.lang.", "java.util.Collections$", "java.util.concurrent.")
                .addClasses("[Ljava.lang.StackTraceElement;", "java.util.ArrayList", "java.util.NoSuchElementException")
                .addClasses("java.io.IOException", "java.io.EOFException", "java.net.SocketException")
                .addClasses("java.net.ConnectException", "java.io.FileNotFoundException");
        filter.getBlacklist().addPrefixes("java.lang.invoke.", "java.lang.reflect.");
        filter.setDefaultsDisabled(true);
        return filter;
    }
}
