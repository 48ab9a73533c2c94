package io.limiquantix.host.node;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.Secret;
import io.limiquantix.bus.host.HostApi;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.PoolAbilities;
import io.limiquantix.bus.host.PoolReport;
import io.limiquantix.node.v1.DestroyStoragePoolRequest;
import io.limiquantix.node.v1.DestroyStoragePoolResponse;
import io.limiquantix.node.v1.GetStoragePoolInfoRequest;
import io.limiquantix.node.v1.InitStoragePoolRequest;
import io.limiquantix.node.v1.ListStoragePoolsResponse;
import io.limiquantix.node.v1.StoragePool;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Pools, as gRPC asks for them. */
final class NodePools {
    private final NodeCaller host;

    NodePools(NodeCaller host) {
        this.host = host;
    }

    StoragePool init(InitStoragePoolRequest request) {
        if (request.getDriver().isEmpty()) {
            throw FailureException.invalid("driver", "Say which driver the pool has, for instance local.");
        }
        Map<String, Secret> secrets = request.getSecretsMap().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> Secret.of(entry.getValue())));
        var open = new HostStorageApi.OpenPool(
                NodeFields.id("pool_id", request.getPoolId()), request.getDriver(), request.getSettingsMap(), secrets);
        return pool(host.change(HostStorageApi.OPEN_POOL, open, request.getOperation()));
    }

    DestroyStoragePoolResponse destroy(DestroyStoragePoolRequest request) {
        var name = new HostStorageApi.PoolName(NodeFields.id("pool_id", request.getPoolId()));
        host.change(HostStorageApi.RELEASE_POOL, name, request.getOperation());
        return DestroyStoragePoolResponse.getDefaultInstance();
    }

    StoragePool info(GetStoragePoolInfoRequest request) {
        return pool(report(NodeFields.id("pool_id", request.getPoolId())));
    }

    PoolReport report(UUID id) {
        return reports().stream()
                .filter(report -> report.poolId().equals(id))
                .findFirst()
                .orElseThrow(() -> FailureException.notFound("This host has no pool " + id + "."));
    }

    ListStoragePoolsResponse list() {
        return ListStoragePoolsResponse.newBuilder()
                .addAllPools(reports().stream().map(NodePools::pool).toList())
                .build();
    }

    private List<PoolReport> reports() {
        return host.look(HostApi.DESCRIBE, Nothing.NOTHING).pools();
    }

    private static StoragePool pool(PoolReport report) {
        StoragePool.Builder pool = StoragePool.newBuilder()
                .setPoolId(report.poolId().toString())
                .setUsable(report.usable())
                .setCapacityBytes(report.capacityBytes())
                .setFreeBytes(report.freeBytes());
        if (report.problem() != null) {
            pool.setProblem(report.problem());
        }
        PoolAbilities abilities = report.abilities();
        if (abilities != null) {
            pool.setShared(abilities.shared())
                    .addAllVolumeFormats(abilities.volumeFormats())
                    .setLiveSnapshots(abilities.liveSnapshots())
                    .setSizeUnitBytes(abilities.sizeUnitBytes());
        }
        return pool.build();
    }
}
