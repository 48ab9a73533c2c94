package io.limiquantix.host;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.HostStorageApi.CopyVolume;
import io.limiquantix.bus.host.VolumeReport;
import io.limiquantix.host.storage.OpenPools;
import io.limiquantix.host.storage.StorageFailures;
import io.limiquantix.host.storage.VolumeCopies;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.storage.driver.QemuLocation;
import io.limiquantix.storage.driver.StoragePool;
import io.limiquantix.storage.driver.Volume;
import io.limiquantix.storage.driver.VolumeFormat;
import io.limiquantix.storage.driver.VolumeRequest;
import io.limiquantix.storage.driver.Volumes.SnapshotsOfIt;
import io.limiquantix.storage.driver.qemu.QemuImg;
import java.util.UUID;
import java.util.function.DoubleConsumer;

/** Requests about copies from one pool into another. */
final class CopyRequests {
    private final OpenPools pools;
    private final CopySource sources;
    private final VolumeCopies copies;
    private final QemuImg qemuImg;

    CopyRequests(OpenPools pools, CopySource sources, VolumeCopies copies, QemuImg qemuImg) {
        this.pools = pools;
        this.sources = sources;
        this.copies = copies;
        this.qemuImg = qemuImg;
    }

    void serve(HostRequests requests) {
        requests.perform(HostStorageApi.COPY_VOLUME, this::copy);
        requests.answer(HostStorageApi.LOOK_AT_COPY, (r, c) -> copies.look(r.volumeId()));
        // Not in turn with the copy itself, for whose end that would wait.
        requests.answer(HostStorageApi.END_COPY, (r, c) -> {
            copies.end(r.volumeId(), c.epoch());
            return Nothing.NOTHING;
        });
    }

    private VolumeReport copy(CopyVolume request, Caller caller) {
        QemuLocation source = sources.of(
                request.sourcePoolId(), request.sourceVolumeId(), request.sourceSnapshotId(), caller.deadline());
        Volume target = begin(request, caller);
        StoragePool pool = pools.require(request.poolId());
        return copies.make(
                request.volumeId(),
                caller.epoch(),
                percent -> StorageFailures.translate(() -> fill(source, pool, target, percent)));
    }

    /** Made anew each time: what a copy left that was cut off is of no use. */
    private Volume begin(CopyVolume request, Caller caller) {
        return pools.change(request.poolId(), caller.deadline(), pool -> {
            discard(pool, request.volumeId());
            return pool.volumes()
                    .create(VolumeRequest.empty(
                            request.volumeId(), VolumeFormat.of(request.format()), request.sizeBytes()));
        });
    }

    private static void discard(StoragePool pool, UUID volumeId) {
        try {
            StorageFailures.translate(() -> {
                pool.volumes().delete(volumeId, SnapshotsOfIt.KEEP);
                return Nothing.NOTHING;
            });
        } catch (FailureException e) {
            if (e.code() != FailureCode.CONFLICT) {
                throw e;
            }
            // A copy that was cut off may still be writing, or count as there.
            throw new FailureException(
                    FailureException.of(FailureCode.UNAVAILABLE, e.failure().message())
                            .failure(),
                    e);
        }
    }

    private VolumeReport fill(QemuLocation source, StoragePool pool, Volume target, DoubleConsumer percent) {
        qemuImg.copyInto(source, pool.volumes().location(target.id()), percent);
        return VolumeRequests.report(pool.volumes().find(target.id()).orElse(target));
    }
}
