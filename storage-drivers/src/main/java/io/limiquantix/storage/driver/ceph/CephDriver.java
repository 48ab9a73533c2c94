package io.limiquantix.storage.driver.ceph;

import io.limiquantix.storage.driver.PoolSettings;
import io.limiquantix.storage.driver.Setting;
import io.limiquantix.storage.driver.StorageDriver;
import io.limiquantix.storage.driver.StoragePool;
import io.limiquantix.storage.driver.StorageSurroundings;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Pools in an RBD pool of a Ceph cluster, which may hold images of others too. */
public final class CephDriver implements StorageDriver {
    private static final String RUNNING =
            "VMs that run go on with the old one, and must be able to, until they are started again.";

    @Override
    public String name() {
        return "ceph";
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                Setting.required(
                                ClusterAddress.MONITORS,
                                "The monitors, separated by commas: host, host:port or [IPv6]:port; without a port it is "
                                        + MonitorList.USUAL_PORT + ".")
                        .asChangeable("VMs that run have the old list until they are started again."),
                Setting.required(ClusterAddress.POOL, "The RBD pool; it is there already, and is not made."),
                Setting.required(ClusterAddress.USER, "The cephx user, without \"client.\".")
                        .asChangeable(RUNNING),
                Setting.required(ClusterAddress.KEY, "The user's key, as \"ceph auth get-key\" prints it.")
                        .asSecret()
                        .asChangeable(RUNNING));
    }

    @Override
    public StoragePool open(UUID poolId, Map<String, String> settings, StorageSurroundings surroundings) {
        return CephPool.open(poolId, ClusterAddress.of(PoolSettings.of(this, settings)), surroundings);
    }
}
