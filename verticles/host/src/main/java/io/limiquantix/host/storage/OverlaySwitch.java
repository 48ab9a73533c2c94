package io.limiquantix.host.storage;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.HostStorageApi.SnapshotName;
import io.limiquantix.host.domain.SnapshotDocument.Switch;
import io.limiquantix.host.storage.ChainedVolumes.Place;
import io.limiquantix.host.storage.VolumesInUse.Holder;
import io.limiquantix.storage.driver.Overlays;
import io.limiquantix.storage.driver.Overlays.Change;
import io.limiquantix.storage.driver.StoragePool;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A disk of a running domain that is to go on in an overlay, which is made already. */
record OverlaySwitch(Overlays overlays, Place place, Change change, SnapshotName name) {
    /** Makes the overlay; empty when the snapshot is there. */
    static Optional<OverlaySwitch> prepare(StoragePool pool, Place place, SnapshotName name) {
        Overlays overlays = ChainedVolumes.overlays(pool);
        return overlays.prepare(name.volumeId(), name.snapshotId())
                .map(change -> new OverlaySwitch(overlays, place, change, name));
    }

    /** How the domain is told. */
    interface Telling {
        void tell(List<Switch> switches);
    }

    /**
     * Lets the domain go over with all of these disks of it, or with none. After a refusal the overlays go, unless the domain has
     * them in spite of that; what is unknown is looked at the next time.
     */
    static void go(List<OverlaySwitch> disks, Telling domain, VolumesInUse inUse, Instant deadline) {
        try {
            domain.tell(disks.stream().map(OverlaySwitch::told).toList());
        } catch (FailureException e) {
            boolean unknown = e.code() == FailureCode.TIMEOUT || e.code() == FailureCode.UNAVAILABLE;
            if (unknown || disks.isEmpty() || !disks.stream().allMatch(disk -> disk.happened(inUse, deadline))) {
                if (!unknown) {
                    disks.forEach(disk -> disk.abandonUnlessThere(inUse, deadline));
                }
                throw e;
            }
        }
    }

    private Switch told() {
        return new Switch(
                place.user().target(),
                ChainedVolumes.file(change.to()),
                change.format().label());
    }

    private boolean happened(VolumesInUse inUse, Instant deadline) {
        Optional<Holder> now = inUse.holder(Set.of(change.from(), change.to()), deadline);
        return now.filter(holder -> holder.named().equals(change.to())).isPresent();
    }

    private void abandonUnlessThere(VolumesInUse inUse, Instant deadline) {
        if (!happened(inUse, deadline)) {
            overlays.abandon(name.volumeId(), name.snapshotId());
        }
    }
}
