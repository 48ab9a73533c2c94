package io.limiquantix.host.storage;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.host.domain.LiveDefinition;
import io.limiquantix.host.journal.Turns;
import io.limiquantix.host.libvirt.DiskFiles;
import io.limiquantix.host.libvirt.Domains;
import io.limiquantix.host.storage.VolumesInUse.Holder;
import io.limiquantix.storage.driver.DiskSource;
import io.limiquantix.storage.driver.Overlays;
import io.limiquantix.storage.driver.StoragePool;
import io.limiquantix.storage.driver.Volume;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the record of which file a volume is on and the definitions of domains together, where a volume is a chain of files:
 * each follows whatever the other one was left at.
 */
public final class ChainedVolumes {
    private final OpenPools pools;
    private final VolumesInUse inUse;
    private final Domains domains;
    private final DiskFiles disks;
    private final Turns turns = new Turns();

    public ChainedVolumes(OpenPools pools, VolumesInUse inUse, Domains domains, DiskFiles disks) {
        this.pools = pools;
        this.inUse = inUse;
        this.domains = domains;
        this.disks = disks;
    }

    /**
     * A volume as its domain has it.
     *
     * @param files all that the domain may have named before
     * @param holder the domain, running or only defined
     */
    record Place(
            Volume volume, Set<DiskSource> files, @Nullable Holder holder) {
        boolean isRunning() {
            return holder != null && holder.running();
        }

        Holder user() {
            if (holder == null) {
                throw new IllegalStateException("no domain has the volume " + volume.id());
            }
            return holder;
        }

        DiskFiles.Disk disk() {
            return new DiskFiles.Disk(user().vmId(), user().target());
        }
    }

    /** One thing at a time happens to a volume; no domain starts with it meanwhile. */
    Turns.Held hold(UUID volumeId, Instant deadline) {
        return turns.take(volumeId, deadline);
    }

    /**
     * Lets the record of a volume follow what its domain has, as long as that domain has it. Nothing else happens to the volume
     * until what it answers is closed.
     */
    public Turns.Held settled(UUID volumeId, Instant deadline) {
        Turns.Held held = hold(volumeId, deadline);
        try {
            StorageFailures.translate(() -> {
                pools.usable().stream()
                        .filter(pool -> pool.snapshots().overlays().isPresent()
                                && pool.volumes().find(volumeId).isPresent())
                        .forEach(pool -> settle(pool, volumeId, deadline));
                return true;
            });
            return held;
        } catch (RuntimeException e) {
            held.close();
            throw e;
        }
    }

    /** Lets the record follow what the volume's domain has. */
    Place settle(StoragePool pool, UUID volumeId, Instant deadline) {
        Set<DiskSource> files = pool.volumes().sources(volumeId);
        @Nullable Holder holder = inUse.holder(files, deadline).orElse(null);
        if (holder != null && holder.suspended()) {
            throw FailureException.conflict(
                    "The volume " + volumeId + " is a disk of the suspended virtual machine " + holder.vmId()
                            + ", whose memory knows it as it is. Start that, or discard its saved state, first.");
        }
        if (holder != null && holder.running()) {
            // Which files it has may change at any moment.
            disks.refuseWhileAtWork(holder.vmId(), deadline);
        }
        @Nullable DiskSource named = holder == null ? null : holder.named();
        Volume volume = overlays(pool).settle(volumeId, named, holder != null && holder.running());
        if (holder != null && holder.running() && !volume.source().equals(named)) {
            throw FailureException.conflict("The virtual machine " + holder.vmId() + " runs on the file "
                    + holder.named().label()
                    + " of the volume " + volumeId + ", which is not its current one, " + volume.path()
                    + ". Shut the machine down first; what it wrote there may be lost to the volume.");
        }
        return new Place(volume, files, holder);
    }

    /** The same for what changes by names of files, which a domain that runs on others than its definition says cannot go along with. */
    Place settleFiles(StoragePool pool, UUID volumeId, Instant deadline) {
        Place place = settle(pool, volumeId, deadline);
        if (place.isRunning()
                && domains.definition(place.user().vmId(), deadline)
                        .runsByFormerName(place.user().target())) {
            throw FailureException.conflict(
                    "The virtual machine " + place.user().vmId()
                            + " was adopted while it ran, and knows its disk "
                            + place.user().target()
                            + " by its former name only. Start it anew first: shut it down, then start it.");
        }
        return place;
    }

    /** Lets the definition of the volume's domain follow the record: it starts from the current file the next time. */
    void follow(StoragePool pool, Place place, Instant deadline) {
        if (place.holder() == null) {
            return;
        }
        UUID volumeId = place.volume().id();
        Volume now = pool.volumes().find(volumeId).orElse(place.volume());
        Set<DiskSource> others = new HashSet<>(place.files());
        others.addAll(pool.volumes().sources(volumeId));
        others.remove(now.source());
        Map<Path, Path> changes = new HashMap<>();
        others.forEach(other -> changes.put(file(other), file(now.source())));
        disks.store(place.user().vmId(), changes, deadline);
    }

    /** A disk of a domain that is a volume of a pool. */
    private record Chained(UUID volumeId, DiskSource named, Overlays overlays) {}

    /** Starts the domain, from the current files of its volumes, and by the current settings of its pools. */
    public void start(UUID vmId, Instant deadline) {
        start(vmId, deadline, () -> domains.start(vmId, deadline));
    }

    /** The same, where it is started in another way. */
    public void start(UUID vmId, Instant deadline, Runnable starting) {
        try (Turns.Held _ = settleStopped(vmId, deadline)) {
            disks.storeReach(vmId, this::reachedNow, deadline);
            starting.run();
        }
    }

    private DiskSource reachedNow(DiskSource disk) {
        DiskSource now = disk;
        for (StoragePool pool : pools.usable()) {
            now = pool.reachedNow(now);
        }
        return now;
    }

    /** Removes the domain, after what only it can tell of its volumes was written down; success when there is none. */
    public void undefine(UUID vmId, Instant deadline) {
        if (!chained(vmId, deadline).isEmpty()) {
            stop(vmId, deadline);
        }
        try (Turns.Held _ = settleStopped(vmId, deadline)) {
            domains.undefine(vmId, deadline);
        }
    }

    /** Ends the domain, if it is there. */
    public void stop(UUID vmId, Instant deadline) {
        try {
            domains.forceStop(vmId, deadline);
        } catch (FailureException e) {
            // Somebody else removed it meanwhile.
            if (e.code() != FailureCode.NOT_FOUND) {
                throw e;
            }
        }
    }

    /** Does nothing to a domain that runs. Nothing else happens to the volumes until what it answers is closed. */
    private Turns.Held settleStopped(UUID vmId, Instant deadline) {
        Deque<Turns.Held> held = new ArrayDeque<>();
        Turns.Held all = () -> held.forEach(Turns.Held::close);
        try {
            PowerState state = domains.get(vmId, deadline).state();
            if (state == PowerState.STOPPED || state == PowerState.CRASHED) {
                List<Chained> volumes = chained(vmId, deadline);
                volumes.forEach(each -> held.push(hold(each.volumeId(), deadline)));
                disks.store(vmId, settled(volumes), deadline);
            }
            return all;
        } catch (RuntimeException e) {
            all.close();
            throw e;
        }
    }

    private static Map<Path, Path> settled(List<Chained> volumes) {
        Map<Path, Path> changes = new HashMap<>();
        for (Chained each : volumes) {
            Volume volume =
                    StorageFailures.translate(() -> each.overlays().settle(each.volumeId(), each.named(), false));
            if (!volume.source().equals(each.named())) {
                changes.put(file(each.named()), file(volume.source()));
            }
        }
        return changes;
    }

    /** In the order in which everybody takes them; those whose files are gone are left to libvirt to complain about. */
    private List<Chained> chained(UUID vmId, Instant deadline) {
        List<Path> files = domains.findDefinition(vmId, deadline)
                .map(LiveDefinition::diskFiles)
                .orElse(List.of());
        return files.stream()
                .map(DiskSource.OfFile::new)
                .flatMap(source -> pools.usable().stream().flatMap(pool -> chained(pool, source).stream()))
                .sorted(Comparator.comparing(Chained::volumeId))
                .toList();
    }

    private static List<Chained> chained(StoragePool pool, DiskSource source) {
        return pool.snapshots().overlays().stream()
                .flatMap(overlays -> overlays.volumeOf(source).stream()
                        .filter(id -> StorageFailures.translate(
                                        () -> pool.volumes().find(id))
                                .isPresent())
                        .map(id -> new Chained(id, source, overlays)))
                .toList();
    }

    static Overlays overlays(StoragePool pool) {
        return pool.snapshots().overlays().orElseThrow();
    }

    static Path file(DiskSource source) {
        return Path.of(source.label());
    }
}
