package io.limiquantix.host.libvirt;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.DiskHardware.Limits;
import io.limiquantix.host.domain.DiskName;
import io.limiquantix.host.domain.EditedDisk;
import io.limiquantix.host.domain.LiveDefinition;
import io.limiquantix.host.libvirt.Removal.Look;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;
import org.libvirt.MissingCalls;

/**
 * Disks that come and go, under a running domain and in its definition. The running one comes first: what QEMU or the guest
 * refuses is not in the definition either.
 */
public final class DomainDisks {
    /** {@code VIR_DOMAIN_XML_INACTIVE}. */
    private static final int AS_DEFINED = 2;
    /** {@code VIR_DOMAIN_AFFECT_LIVE} and {@code VIR_DOMAIN_AFFECT_CONFIG}. */
    private static final int LIVE = 1;

    private static final int CONFIG = 2;

    private final LibvirtConnection connection;
    private final Removal removal;

    public DomainDisks(LibvirtConnection connection) {
        this.connection = connection;
        this.removal = new Removal(connection);
    }

    /**
     * Gives the domain the disk unless it has it.
     *
     * @param xml the disk by the name that is chosen for it
     * @return libvirt's name of the disk
     */
    public String attach(UUID vmId, String serial, UnaryOperator<String> xml, Instant deadline) {
        return connection.withDomain(vmId, "The disk could not be attached", deadline, domain -> {
            DomainSaves.refuseSaved(domain);
            Definitions now = read(domain);
            String target = now.target(serial).orElseGet(() -> DiskName.firstFree(now.targets()));
            String disk = xml.apply(target);
            if (now.isLive() && now.live().diskOf(serial).isEmpty()) {
                domain.attachDeviceFlags(disk, LIVE);
            }
            if (now.isDefined() && now.defined().diskOf(serial).isEmpty()) {
                domain.attachDeviceFlags(disk, CONFIG);
            }
            return target;
        });
    }

    /** Lets the domain reach the disk otherwise: a running one by its limits at once, the rest when it is started the next time. */
    public void edit(UUID vmId, EditedDisk disk, Instant deadline) {
        connection.withDomain(vmId, "The disk could not be changed", deadline, domain -> {
            domain.getConnect()
                    .domainDefineXML(disk.in(domain.getXMLDesc(AS_DEFINED)))
                    .free();
            Definitions now = read(domain);
            Optional<String> target = now.live().diskOf(disk.serial()).map(LiveDefinition.Disk::target);
            if (now.isLive() && target.isPresent()) {
                MissingCalls.limit(domain, target.get(), limits(disk.hardware().limits()), LIVE);
            }
            return true;
        });
    }

    private static Map<String, Long> limits(@Nullable Limits limits) {
        Limits all = limits == null ? new Limits(null, null, null, null) : limits;
        return Map.of(
                "read_bytes_sec", orNone(all.readBytesPerSecond()),
                "write_bytes_sec", orNone(all.writeBytesPerSecond()),
                "read_iops_sec", orNone(all.readIops()),
                "write_iops_sec", orNone(all.writeIops()));
    }

    private static Long orNone(@Nullable Long limit) {
        return limit == null ? 0L : limit;
    }

    /**
     * Takes the disk from the domain, once the guest has let go of it; success when the domain or the disk is not there.
     *
     * @throws FailureException {@code CONFLICT} when the guest has not let go shortly before the deadline
     */
    public void detach(UUID vmId, String serial, Instant deadline) {
        removal.await(
                vmId,
                "the disk",
                "Unmount what is on it inside the guest and try again, or shut the guest down first.",
                domain -> ask(domain, serial),
                deadline);
    }

    private static Look ask(Domain domain, String serial) throws LibvirtException {
        DomainSaves.refuseSaved(domain);
        Definitions before = read(domain);
        Optional<LiveDefinition.Disk> disk = before.isLive() ? before.live().diskOf(serial) : Optional.empty();
        String refusal = disk.isEmpty() ? "" : Removal.askFor(domain, disk.get().xml());
        Definitions after = read(domain);
        if (after.isLive() && after.live().diskOf(serial).isPresent()) {
            return new Look(false, refusal);
        }
        forget(domain, after, serial);
        return Look.GONE;
    }

    private static void forget(Domain domain, Definitions now, String serial) throws LibvirtException {
        Optional<LiveDefinition.Disk> disk = now.isDefined() ? now.defined().diskOf(serial) : Optional.empty();
        if (disk.isPresent()) {
            domain.detachDeviceFlags(disk.get().xml(), CONFIG);
        }
    }

    /** The domain as it runs and as it would start the next time; a transient one has no definition to keep. */
    private record Definitions(LiveDefinition live, boolean isLive, LiveDefinition defined, boolean isDefined) {
        Optional<String> target(String serial) {
            return live.diskOf(serial).or(() -> defined.diskOf(serial)).map(LiveDefinition.Disk::target);
        }

        Set<String> targets() {
            Set<String> all = new HashSet<>(live.diskTargets());
            all.addAll(defined.diskTargets());
            return all;
        }
    }

    private static Definitions read(Domain domain) throws LibvirtException {
        return new Definitions(
                LiveDefinition.parse(domain.getXMLDesc(0)),
                domain.isActive() == 1,
                LiveDefinition.parse(domain.getXMLDesc(AS_DEFINED)),
                domain.isPersistent() == 1);
    }
}
