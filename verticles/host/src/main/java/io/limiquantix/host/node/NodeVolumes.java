package io.limiquantix.host.node;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.HostStorageApi.Preallocation;
import io.limiquantix.bus.host.PoolAbilities;
import io.limiquantix.bus.host.VolumeOrigin;
import io.limiquantix.bus.host.VolumeReport;
import io.limiquantix.node.v1.CloneVolumeRequest;
import io.limiquantix.node.v1.CreateVolumeRequest;
import io.limiquantix.node.v1.DeleteVolumeRequest;
import io.limiquantix.node.v1.DeleteVolumeResponse;
import io.limiquantix.node.v1.GetVolumeAttachInfoRequest;
import io.limiquantix.node.v1.ListVolumesRequest;
import io.limiquantix.node.v1.ListVolumesResponse;
import io.limiquantix.node.v1.ResizeVolumeRequest;
import io.limiquantix.node.v1.Volume;
import io.limiquantix.node.v1.VolumeAttachInfo;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** Volumes, as gRPC asks for them. */
final class NodeVolumes {
    private static final int USUAL_PAGE = 200;
    private static final int LARGEST_PAGE = 1000;
    private static final String USUAL_TARGET = "vdb";
    private static final String TARGET = "[a-z]{2,3}[a-z]{1,3}";

    private final NodeCaller host;
    private final NodePools pools;

    NodeVolumes(NodeCaller host, NodePools pools) {
        this.host = host;
        this.pools = pools;
    }

    Volume create(CreateVolumeRequest request) {
        UUID pool = NodeFields.id("pool_id", request.getPoolId());
        var create = new HostStorageApi.CreateVolume(
                pool,
                NodeFields.id("volume_id", request.getVolumeId()),
                request.getFormat().isEmpty() ? usualFormat(pool) : request.getFormat(),
                NodeFields.size("size_bytes", request.getSizeBytes()),
                origin(request),
                request.getIndependent(),
                request.getPreallocated() ? Preallocation.FULL : Preallocation.THIN);
        return volume(pool, host.change(HostStorageApi.CREATE_VOLUME, create, request.getOperation()));
    }

    private String usualFormat(UUID pool) {
        PoolAbilities abilities = pools.report(pool).abilities();
        if (abilities == null) {
            throw FailureException.invalid("format", "The pool is not open, so that its usual format is not known.");
        }
        return abilities.volumeFormats().getFirst();
    }

    private static VolumeOrigin origin(CreateVolumeRequest request) {
        return switch (request.getSource()) {
            case EMPTY -> VolumeOrigin.ZEROES;
            case IMAGE -> VolumeOrigin.ofImage(NodeFields.id("image_id", request.getImageId()));
            case CLONE -> new VolumeOrigin(null, NodeFields.id("source_volume_id", request.getSourceVolumeId()), null);
            case SNAPSHOT ->
                new VolumeOrigin(
                        null,
                        NodeFields.id("source_volume_id", request.getSourceVolumeId()),
                        NodeFields.id("snapshot_id", request.getSnapshotId()));
            case VOLUME_SOURCE_UNSPECIFIED, UNRECOGNIZED ->
                throw FailureException.invalid("source", "A volume begins EMPTY, or as a CLONE, IMAGE or SNAPSHOT.");
        };
    }

    Volume clone(CloneVolumeRequest request) {
        UUID pool = NodeFields.id("pool_id", request.getPoolId());
        VolumeReport source = find(pool, NodeFields.id("source_volume_id", request.getSourceVolumeId()));
        var create = new HostStorageApi.CreateVolume(
                pool,
                NodeFields.id("volume_id", request.getVolumeId()),
                source.format(),
                source.sizeBytes(),
                new VolumeOrigin(null, source.volumeId(), null),
                request.getIndependent(),
                Preallocation.THIN);
        return volume(pool, host.change(HostStorageApi.CREATE_VOLUME, create, request.getOperation()));
    }

    DeleteVolumeResponse delete(DeleteVolumeRequest request) {
        var delete = new HostStorageApi.DeleteVolume(
                NodeFields.id("pool_id", request.getPoolId()),
                NodeFields.id("volume_id", request.getVolumeId()),
                request.getWithSnapshots());
        host.change(HostStorageApi.DELETE_VOLUME, delete, request.getOperation());
        return DeleteVolumeResponse.getDefaultInstance();
    }

    Volume resize(ResizeVolumeRequest request) {
        UUID pool = NodeFields.id("pool_id", request.getPoolId());
        var resize = new HostStorageApi.ResizeVolume(
                pool,
                NodeFields.id("volume_id", request.getVolumeId()),
                NodeFields.size("size_bytes", request.getSizeBytes()));
        return volume(pool, host.change(HostStorageApi.RESIZE_VOLUME, resize, request.getOperation()));
    }

    VolumeAttachInfo attachInfo(GetVolumeAttachInfoRequest request) {
        String target = request.getTarget().isEmpty() ? USUAL_TARGET : request.getTarget();
        if (!target.matches(TARGET)) {
            throw FailureException.invalid("target", "A disk's name is like vdb.");
        }
        var wanted = new HostStorageApi.DiskOf(
                NodeFields.id("pool_id", request.getPoolId()),
                NodeFields.id("volume_id", request.getVolumeId()),
                target);
        return VolumeAttachInfo.newBuilder()
                .setDiskXml(host.look(HostStorageApi.DESCRIBE_DISK, wanted).xml())
                .build();
    }

    ListVolumesResponse list(ListVolumesRequest request) {
        UUID pool = NodeFields.id("pool_id", request.getPoolId());
        int size = request.getPageSize() == 0 ? USUAL_PAGE : request.getPageSize();
        if (size < 1 || size > LARGEST_PAGE) {
            throw FailureException.invalid("page_size", "A page has 1 to " + LARGEST_PAGE + " volumes.");
        }
        UUID after = NodeFields.optionalId("page_token", request.getPageToken());
        List<VolumeReport> rest = volumes(pool).stream()
                .filter(each -> after == null || byId(each).compareTo(after.toString()) > 0)
                .sorted(Comparator.comparing(NodeVolumes::byId))
                .toList();
        List<VolumeReport> page = rest.stream().limit(size).toList();
        ListVolumesResponse.Builder answer = ListVolumesResponse.newBuilder();
        page.forEach(each -> answer.addVolumes(volume(pool, each)));
        if (page.size() < rest.size()) {
            answer.setNextPageToken(byId(page.getLast()));
        }
        return answer.build();
    }

    private static String byId(VolumeReport report) {
        return report.volumeId().toString();
    }

    private VolumeReport find(UUID pool, UUID id) {
        return volumes(pool).stream()
                .filter(each -> each.volumeId().equals(id))
                .findFirst()
                .orElseThrow(() -> FailureException.notFound("The pool has no volume " + id + "."));
    }

    private List<VolumeReport> volumes(UUID pool) {
        return host.look(HostStorageApi.LIST_VOLUMES, new HostStorageApi.PoolName(pool))
                .volumes();
    }

    private static Volume volume(UUID pool, VolumeReport report) {
        return Volume.newBuilder()
                .setPoolId(pool.toString())
                .setVolumeId(report.volumeId().toString())
                .setFormat(report.format())
                .setSizeBytes(report.sizeBytes())
                .setAllocatedBytes(report.allocatedBytes())
                .setPath(report.path())
                .build();
    }
}
