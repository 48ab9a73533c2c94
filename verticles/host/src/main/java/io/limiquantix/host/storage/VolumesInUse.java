package io.limiquantix.host.storage;

import io.limiquantix.host.libvirt.DomainListing;
import io.limiquantix.host.libvirt.Domains;
import io.limiquantix.storage.driver.DiskSource;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Which running domain has a volume as its disk, as libvirt says. */
public final class VolumesInUse {
    private final Domains domains;
    private final DomainListing listing;

    public VolumesInUse(Domains domains, DomainListing listing) {
        this.domains = domains;
        this.listing = listing;
    }

    /** @param target libvirt's name of the disk */
    public record User(UUID vmId, String target) {}

    public Optional<User> find(DiskSource source, Instant deadline) {
        return findAny(Set.of(source), deadline);
    }

    /** Any running domain that has any of them, also one of others'. */
    public Optional<User> findAny(Set<DiskSource> sources, Instant deadline) {
        return listing.running(deadline).stream()
                .flatMap(domain -> holder(domain, sources).stream())
                .map(holder -> new User(holder.vmId(), holder.target()))
                .findFirst();
    }

    /**
     * A domain that has a volume, running or only defined.
     *
     * @param target libvirt's name of the disk
     * @param named what the disk is on
     */
    public record Holder(UUID vmId, String target, DiskSource named, boolean running) {}

    /** The domain that has any of them, also one of others'; one that runs rather than one that is only defined. */
    public Optional<Holder> holder(Set<DiskSource> sources, Instant deadline) {
        return listing.definitions(deadline).stream()
                .flatMap(domain -> holder(domain, sources).stream())
                .max(Comparator.comparing(Holder::running));
    }

    private static Optional<Holder> holder(DomainListing.Defined domain, Set<DiskSource> sources) {
        return sources.stream()
                .flatMap(source -> domain
                        .definition()
                        .diskTarget(source)
                        .map(target -> new Holder(domain.vmId(), target, source, domain.active()))
                        .stream())
                .findFirst();
    }

    /** Lets QEMU grow the disk under the running guest. */
    public void resize(User user, long bytes, Instant deadline) {
        domains.resizeDisk(user.vmId(), user.target(), bytes, deadline);
    }
}
