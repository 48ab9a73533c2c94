package io.limiquantix.host.storage;

import io.limiquantix.bus.host.DomainReport;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.host.inventory.DomainInventory;
import io.limiquantix.host.libvirt.Domains;
import io.limiquantix.storage.driver.DiskSource;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Which running domain has a volume as its disk, as libvirt says. */
public final class VolumesInUse {
    private final DomainInventory inventory;
    private final Domains domains;

    public VolumesInUse(DomainInventory inventory, Domains domains) {
        this.inventory = inventory;
        this.domains = domains;
    }

    /** @param target libvirt's name of the disk */
    public record User(UUID vmId, String target) {}

    public Optional<User> find(DiskSource source, Instant deadline) {
        return findAny(Set.of(source), deadline);
    }

    /** Any running domain that has any of them. */
    public Optional<User> findAny(Set<DiskSource> sources, Instant deadline) {
        for (DomainReport report : inventory.lookAtAll(deadline).domains()) {
            if (isActive(report)) {
                Optional<Holder> holder = holder(report, sources, deadline);
                if (holder.isPresent()) {
                    return holder.map(h -> new User(h.vmId(), h.target()));
                }
            }
        }
        return Optional.empty();
    }

    /**
     * A domain that has a volume, running or only defined.
     *
     * @param target libvirt's name of the disk
     * @param named what the disk is on
     */
    public record Holder(UUID vmId, String target, DiskSource named, boolean running) {}

    /** The domain that has any of them; one that runs rather than one that is only defined. */
    public Optional<Holder> holder(Set<DiskSource> sources, Instant deadline) {
        Optional<Holder> defined = Optional.empty();
        for (DomainReport report : inventory.lookAtAll(deadline).domains()) {
            Optional<Holder> holder = holder(report, sources, deadline);
            if (holder.isPresent() && holder.get().running()) {
                return holder;
            }
            defined = defined.isPresent() ? defined : holder;
        }
        return defined;
    }

    /** A domain that is gone by now uses nothing. */
    private Optional<Holder> holder(DomainReport report, Set<DiskSource> sources, Instant deadline) {
        return domains.findDefinition(report.vmId(), deadline)
                .flatMap(definition -> sources.stream()
                        .flatMap(source -> definition
                                .diskTarget(source)
                                .map(target -> new Holder(report.vmId(), target, source, isActive(report)))
                                .stream())
                        .findFirst());
    }

    private static boolean isActive(DomainReport report) {
        return report.state() != PowerState.STOPPED && report.state() != PowerState.CRASHED;
    }

    /** Lets QEMU grow the disk under the running guest. */
    public void resize(User user, long bytes, Instant deadline) {
        domains.resizeDisk(user.vmId(), user.target(), bytes, deadline);
    }
}
