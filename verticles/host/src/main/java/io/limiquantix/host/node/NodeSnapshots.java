package io.limiquantix.host.node;

import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.node.v1.CreateVolumeSnapshotRequest;
import io.limiquantix.node.v1.DeleteVolumeSnapshotRequest;
import io.limiquantix.node.v1.DeleteVolumeSnapshotResponse;
import io.limiquantix.node.v1.VolumeSnapshot;

/** Snapshots of volumes, as gRPC asks for them. */
final class NodeSnapshots {
    private final NodeCaller host;

    NodeSnapshots(NodeCaller host) {
        this.host = host;
    }

    VolumeSnapshot create(CreateVolumeSnapshotRequest request) {
        var name = name(request.getPoolId(), request.getVolumeId(), request.getSnapshotId());
        var made = host.change(HostStorageApi.CREATE_SNAPSHOT, name, request.getOperation())
                .snapshot();
        return VolumeSnapshot.newBuilder()
                .setVolumeId(made.volumeId().toString())
                .setSnapshotId(made.snapshotId().toString())
                .setSizeBytes(made.sizeBytes())
                .build();
    }

    DeleteVolumeSnapshotResponse delete(DeleteVolumeSnapshotRequest request) {
        var name = name(request.getPoolId(), request.getVolumeId(), request.getSnapshotId());
        host.change(HostStorageApi.DELETE_SNAPSHOT, name, request.getOperation());
        return DeleteVolumeSnapshotResponse.getDefaultInstance();
    }

    private static HostStorageApi.SnapshotName name(String pool, String volume, String snapshot) {
        return new HostStorageApi.SnapshotName(
                NodeFields.id("pool_id", pool),
                NodeFields.id("volume_id", volume),
                NodeFields.id("snapshot_id", snapshot));
    }
}
