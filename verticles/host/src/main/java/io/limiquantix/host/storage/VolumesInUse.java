package io.limiquantix.host.storage;

import io.limiquantix.host.libvirt.DomainListing;
import io.limiquantix.host.libvirt.Domains;
import io.limiquantix.storage.driver.DiskSource;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Which domain that runs or is suspended has a volume as its disk, as libvirt says. */
public final class VolumesInUse {
    private final Domains domains;
    private final DomainListing listing;

    public VolumesInUse(Domains domains, DomainListing listing) {
        this.domains = domains;
        this.listing = listing;
    }

    /**
     * @param target libvirt's name of the disk
     * @param running false for one that is suspended: its memory knows the disk as it is
     */
    public record User(UUID vmId, String target, boolean running) {
        /** In words, for the middle of a sentence. */
        public String described() {
            return "the " + (running ? "running" : "suspended") + " virtual machine " + vmId;
        }
    }

    public Optional<User> find(DiskSource source, Instant deadline) {
        return findAny(Set.of(source), deadline);
    }

    /** Any domain that runs or is suspended and has any of them, also one of others'. */
    public Optional<User> findAny(Set<DiskSource> sources, Instant deadline) {
        return listing.inLife(deadline).stream()
                .flatMap(domain -> holder(domain, sources).stream())
                .map(holder -> new User(holder.vmId(), holder.target(), holder.running()))
                .findFirst();
    }

    /**
     * A domain that has a volume, running or only defined.
     *
     * @param target libvirt's name of the disk
     * @param named what the disk is on
     * @param suspended whether it is off and its memory, which knows the disk as it is, is kept
     */
    public record Holder(UUID vmId, String target, DiskSource named, boolean running, boolean suspended) {}

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
                        .map(target -> new Holder(domain.vmId(), target, source, domain.active(), domain.suspended()))
                        .stream())
                .findFirst();
    }

    /** Lets QEMU grow the disk under the running guest. */
    public void resize(User user, long bytes, Instant deadline) {
        domains.resizeDisk(user.vmId(), user.target(), bytes, deadline);
    }
}
