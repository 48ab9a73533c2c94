package io.limiquantix.storage;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.images.ImageView;
import io.limiquantix.bus.images.ImageView.CopyState;
import io.limiquantix.bus.images.ImagesApi;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Which host is asked about a volume. */
final class VolumePlace {
    private final Database database;
    private final Bus bus;
    private final PoolStore pools = new PoolStore();
    private final VolumeStore volumes = new VolumeStore();

    VolumePlace(Database database, Bus bus) {
        this.database = database;
        this.bus = bus;
    }

    /**
     * Where the volume lies. One that hosts share is in the hands of the host of its VM, whose QEMU may have it open; without
     * a VM, any host that can reach it will do.
     *
     * @throws FailureException {@code UNAVAILABLE} when no host can reach it now
     */
    UUID hostOf(VolumeView volume, Caller caller) {
        if (volume.hostId() != null) {
            return volume.hostId();
        }
        Optional<UUID> ofVm = Optional.ofNullable(volume.vmId()).flatMap(vm -> hostOfVm(vm, caller));
        return ofVm.orElseGet(() -> anyHost(volume));
    }

    /**
     * Who makes and deletes a snapshot that keeps the volume as it is: the host whose QEMU may have it open, which need not be
     * the one that reads it.
     *
     * @param otherwise for a volume that is gone
     */
    UUID holderOf(UUID volumeId, UUID otherwise, Caller caller) {
        return database.transaction(tx -> volumes.find(tx, volumeId))
                .map(volume -> hostOf(volume, caller))
                .orElse(otherwise);
    }

    /**
     * The image, which the user sees.
     *
     * @throws FailureException {@code INVALID} when there is none, or none for the user
     */
    ImageView image(UUID imageId, Caller caller) {
        try {
            return bus.request(ImagesApi.GET, new ImagesApi.Image(imageId), caller);
        } catch (FailureException e) {
            throw e.code() == FailureCode.NOT_FOUND
                    ? FailureException.invalid("imageId", e.failure().message())
                    : e;
        }
    }

    /** Whether a volume that begins as the image can be made at once, as the image is at the place. */
    static boolean has(PoolView pool, UUID hostId, ImageView image) {
        return image.copies().stream()
                .filter(copy -> copy.state() == CopyState.READY && copy.poolId().equals(pool.id()))
                .anyMatch(copy -> pool.shared() || copy.hostId().equals(hostId));
    }

    private Optional<UUID> hostOfVm(UUID vmId, Caller caller) {
        try {
            return Optional.ofNullable(
                    bus.request(ComputeApi.GET, new ComputeApi.Vm(vmId), caller).hostId());
        } catch (FailureException e) {
            if (e.code() == FailureCode.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private UUID anyHost(VolumeView volume) {
        PoolView pool = database.transaction(tx -> pools.find(tx, volume.poolId()))
                .orElseThrow(() -> FailureException.notFound("There is no pool " + volume.poolId() + "."));
        return usableHosts(pool).stream()
                .findFirst()
                .orElseThrow(() -> FailureException.of(
                        FailureCode.UNAVAILABLE,
                        "No host can use the pool " + pool.name() + " of the volume " + volume.name() + " now."));
    }

    /**
     * Where a new volume of this pool is to be made.
     *
     * @param wanted the host that a person chose
     */
    static UUID hostForNew(PoolView pool, @Nullable UUID wanted) {
        if (wanted != null) {
            return wanted;
        }
        List<UUID> usable = usableHosts(pool);
        if (usable.isEmpty()) {
            throw FailureException.conflict("The pool " + pool.name() + " is not usable on any host now.");
        }
        if (usable.size() > 1 && !pool.shared()) {
            throw FailureException.invalid(
                    "hostId",
                    "The pool " + pool.name() + " is a place of its own on each of " + usable.size()
                            + " hosts; say on which the volume is to be.");
        }
        return usable.getFirst();
    }

    private static List<UUID> usableHosts(PoolView pool) {
        return pool.hosts().stream()
                .filter(h -> h.report().usable())
                .map(PoolView.OnHost::hostId)
                .toList();
    }
}
