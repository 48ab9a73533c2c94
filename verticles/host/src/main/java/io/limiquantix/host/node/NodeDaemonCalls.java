package io.limiquantix.host.node;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.node.v1.CloneVolumeRequest;
import io.limiquantix.node.v1.CreateVolumeRequest;
import io.limiquantix.node.v1.CreateVolumeSnapshotRequest;
import io.limiquantix.node.v1.DeleteVolumeRequest;
import io.limiquantix.node.v1.DeleteVolumeResponse;
import io.limiquantix.node.v1.DeleteVolumeSnapshotRequest;
import io.limiquantix.node.v1.DeleteVolumeSnapshotResponse;
import io.limiquantix.node.v1.DestroyStoragePoolRequest;
import io.limiquantix.node.v1.DestroyStoragePoolResponse;
import io.limiquantix.node.v1.GetStoragePoolInfoRequest;
import io.limiquantix.node.v1.GetVolumeAttachInfoRequest;
import io.limiquantix.node.v1.InitStoragePoolRequest;
import io.limiquantix.node.v1.ListStoragePoolsRequest;
import io.limiquantix.node.v1.ListStoragePoolsResponse;
import io.limiquantix.node.v1.ListVolumesRequest;
import io.limiquantix.node.v1.ListVolumesResponse;
import io.limiquantix.node.v1.NodeDaemonService;
import io.limiquantix.node.v1.ResizeVolumeRequest;
import io.limiquantix.node.v1.StoragePool;
import io.limiquantix.node.v1.Volume;
import io.limiquantix.node.v1.VolumeAttachInfo;
import io.limiquantix.node.v1.VolumeSnapshot;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers each call on a virtual thread of its own, since all of them wait for the storage. */
final class NodeDaemonCalls extends NodeDaemonService {
    private static final Logger LOG = LoggerFactory.getLogger(NodeDaemonCalls.class);

    private final NodePools pools;
    private final NodeVolumes volumes;
    private final NodeSnapshots snapshots;

    NodeDaemonCalls(NodeCaller host) {
        this.pools = new NodePools(host);
        this.volumes = new NodeVolumes(host, pools);
        this.snapshots = new NodeSnapshots(host);
    }

    // Whatever goes wrong, the caller is waiting for an answer.
    @SuppressWarnings("CatchingUnchecked")
    private static <R> Future<R> answer(String call, Supplier<R> work) {
        Promise<R> answer = Promise.promise();
        Thread.ofVirtual().name("node-daemon-" + call).start(() -> {
            try {
                answer.complete(work.get());
            } catch (FailureException e) {
                answer.fail(NodeStatus.of(e.failure()));
            } catch (RuntimeException e) {
                String incident = UUID.randomUUID().toString().substring(0, 8);
                LOG.error("incident {} at the gRPC call {}", incident, call, e);
                answer.fail(NodeStatus.of(Failure.of(
                        FailureCode.INTERNAL,
                        "Something went wrong; the host's log says more under incident " + incident + ".")));
            }
        });
        return answer.future();
    }

    @Override
    public Future<StoragePool> initStoragePool(InitStoragePoolRequest request) {
        return answer("InitStoragePool", () -> pools.init(request));
    }

    @Override
    public Future<DestroyStoragePoolResponse> destroyStoragePool(DestroyStoragePoolRequest request) {
        return answer("DestroyStoragePool", () -> pools.destroy(request));
    }

    @Override
    public Future<StoragePool> getStoragePoolInfo(GetStoragePoolInfoRequest request) {
        return answer("GetStoragePoolInfo", () -> pools.info(request));
    }

    @Override
    public Future<ListStoragePoolsResponse> listStoragePools(ListStoragePoolsRequest request) {
        return answer("ListStoragePools", pools::list);
    }

    @Override
    public Future<Volume> createVolume(CreateVolumeRequest request) {
        return answer("CreateVolume", () -> volumes.create(request));
    }

    @Override
    public Future<DeleteVolumeResponse> deleteVolume(DeleteVolumeRequest request) {
        return answer("DeleteVolume", () -> volumes.delete(request));
    }

    @Override
    public Future<Volume> resizeVolume(ResizeVolumeRequest request) {
        return answer("ResizeVolume", () -> volumes.resize(request));
    }

    @Override
    public Future<Volume> cloneVolume(CloneVolumeRequest request) {
        return answer("CloneVolume", () -> volumes.clone(request));
    }

    @Override
    public Future<VolumeAttachInfo> getVolumeAttachInfo(GetVolumeAttachInfoRequest request) {
        return answer("GetVolumeAttachInfo", () -> volumes.attachInfo(request));
    }

    @Override
    public Future<VolumeSnapshot> createVolumeSnapshot(CreateVolumeSnapshotRequest request) {
        return answer("CreateVolumeSnapshot", () -> snapshots.create(request));
    }

    @Override
    public Future<DeleteVolumeSnapshotResponse> deleteVolumeSnapshot(DeleteVolumeSnapshotRequest request) {
        return answer("DeleteVolumeSnapshot", () -> snapshots.delete(request));
    }

    @Override
    public Future<ListVolumesResponse> listVolumes(ListVolumesRequest request) {
        return answer("ListVolumes", () -> volumes.list(request));
    }
}
