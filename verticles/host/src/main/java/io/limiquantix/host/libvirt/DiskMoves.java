package io.limiquantix.host.libvirt;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.HostStorageApi.CopyProgress;
import io.limiquantix.bus.host.HostStorageApi.CopyState;
import io.limiquantix.host.domain.DiskDestination;
import io.limiquantix.host.domain.DiskWhereabouts;
import io.limiquantix.storage.driver.DiskSource;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.libvirt.Domain;
import org.libvirt.Domain.BlockCopyFlags;
import org.libvirt.DomainBlockJobInfo;
import org.libvirt.LibvirtException;
import org.libvirt.TypedParameter;
import org.libvirt.TypedUlongParameter;

/** Disks of domains that go to other places (virDomainBlockCopy). Each call does one step and blocks no longer than libvirt does. */
public final class DiskMoves {
    private static final String WHAT = "The disk could not be moved";
    private static final int COPY = 2;
    private static final int PIVOT = 2;
    private static final int SECURE = 1;
    private static final int INACTIVE = 2;
    private static final int MIB_SHIFT = 20;

    private final LibvirtConnection connection;

    public DiskMoves(LibvirtConnection connection) {
        this.connection = connection;
    }

    /** How far one is. */
    public enum Stage {
        /** Nothing is copied, and the disk is not at its new place. */
        AWAY,
        AT_WORK,
        /** The guest writes to both places, which hold the same. */
        READY,
        /** The disk is at its new place, how the domain runs and how it is defined. */
        THERE
    }

    /**
     * Where it is with the move of a running domain's disk.
     *
     * @throws FailureException {@code CONFLICT} when the domain does not run, or does something else with the disk
     */
    public Stage stage(UUID vmId, DiskDestination to, Instant deadline) {
        return connection.withDomain(vmId, WHAT, deadline, domain -> {
            if (Domains.isStopped(domain)) {
                throw FailureException.conflict("The virtual machine does not run any more, so the disk stays where it"
                        + " was. Move it again: a machine that is off moves its disks, too.");
            }
            DiskWhereabouts disk = require(domain.getXMLDesc(0), to.serial());
            if (disk.copyPath() == null && disk.path().equals(to.path())) {
                define(domain, to);
                return Stage.THERE;
            }
            int job = domain.getBlockJobInfo(disk.target(), 0).type;
            boolean ours = job == COPY && to.path().equals(disk.copyPath());
            if (job != 0 && !ours) {
                throw FailureException.of(
                        FailureCode.UNAVAILABLE,
                        "QEMU is at another job with the disk; it is moved when that has ended.");
            }
            if (job == 0) {
                return Stage.AWAY;
            }
            return disk.copyReady() ? Stage.READY : Stage.AT_WORK;
        });
    }

    private static DiskWhereabouts require(String xml, String serial) {
        return DiskWhereabouts.find(xml, serial)
                .orElseThrow(() -> FailureException.conflict(
                        "The virtual machine does not have the disk with the serial " + serial + "."));
    }

    /** Begins to copy. */
    public void begin(UUID vmId, DiskDestination to, @Nullable Integer mibPerSecond, Instant deadline) {
        connection.withDomain(vmId, WHAT, deadline, domain -> {
            DiskWhereabouts disk = require(domain.getXMLDesc(0), to.serial());
            boolean onFile = to.placed().source() instanceof DiskSource.OfFile;
            if (!disk.cached() && onFile && !to.placed().direct()) {
                throw FailureException.conflict(
                        "The running disk does without the host's page cache, and the file system of " + to.path()
                                + " has no way to do so. Shut the virtual machine down and move the disk then.");
            }
            // 0 is no limit.
            long speed = mibPerSecond == null ? 0 : mibPerSecond.longValue() << MIB_SHIFT;
            TypedParameter[] parameters = {new TypedUlongParameter("bandwidth", speed)};
            // libvirt does not begin a copy again that ends with QEMU, which it asks to be told for a machine that it
            // keeps.
            int flags = BlockCopyFlags.REUSE_EXT | BlockCopyFlags.TRANSIENT_JOB;
            domain.blockCopy(disk.target(), to.document(), parameters, flags);
            return true;
        });
    }

    /** Has the guest go on at the new place alone. */
    public void goOver(UUID vmId, DiskDestination to, Instant deadline) {
        connection.withDomain(vmId, "The guest could not go on at the disk's new place", deadline, domain -> {
            domain.blockJobAbort(require(domain.getXMLDesc(0), to.serial()).target(), PIVOT);
            return true;
        });
    }

    /** Lets a domain that is off start from there. */
    public void store(UUID vmId, DiskDestination to, Instant deadline) {
        connection.withDomain(vmId, WHAT, deadline, domain -> {
            if (!Domains.isStopped(domain)) {
                throw FailureException.conflict("The virtual machine runs by now, from the disk's old place.");
            }
            DomainSaves.refuseSaved(domain);
            define(domain, to);
            return true;
        });
    }

    private static void define(Domain domain, DiskDestination to) throws LibvirtException {
        if (domain.isPersistent() == 1) {
            String stored = domain.getXMLDesc(SECURE | INACTIVE);
            if (!require(stored, to.serial()).path().equals(to.path())) {
                domain.getConnect().domainDefineXML(to.in(stored)).free();
            }
        }
    }

    /** How far the copying is. */
    public CopyProgress look(UUID vmId, String serial, Instant deadline) {
        return connection.withDomain(vmId, "How far the disk is could not be read", deadline, domain -> {
            if (Domains.isStopped(domain)) {
                return new CopyProgress(CopyState.NOT_HERE, 0);
            }
            Optional<DiskWhereabouts> disk = DiskWhereabouts.find(domain.getXMLDesc(0), serial);
            if (disk.isEmpty()) {
                return new CopyProgress(CopyState.NOT_HERE, 0);
            }
            DomainBlockJobInfo job = domain.getBlockJobInfo(disk.get().target(), 0);
            return job.type == COPY ? MergeJobs.progress(job) : new CopyProgress(CopyState.NOT_HERE, 0);
        });
    }

    /** Ends the copying without going over; whether there was something to end. */
    public boolean end(UUID vmId, String serial, Instant deadline) {
        return connection.withDomain(vmId, "The copying could not be ended", deadline, domain -> {
            if (Domains.isStopped(domain)) {
                return false;
            }
            Optional<DiskWhereabouts> disk = DiskWhereabouts.find(domain.getXMLDesc(0), serial);
            if (disk.isEmpty() || domain.getBlockJobInfo(disk.get().target(), 0).type != COPY) {
                return false;
            }
            domain.blockJobAbort(disk.get().target(), 0);
            return true;
        });
    }

    /**
     * On what the disk is, as the domain runs; how it is defined follows that. What is off is where it is defined.
     *
     * @return as {@link DiskSource#label} has it
     * @throws FailureException {@code UNAVAILABLE} while something is copied
     */
    public String settle(UUID vmId, String serial, Instant deadline) {
        return connection.withDomain(vmId, "Where the disk is could not be found out", deadline, domain -> {
            String xml = domain.getXMLDesc(SECURE);
            DiskWhereabouts disk = require(xml, serial);
            if (disk.copyPath() != null) {
                throw FailureException.of(
                        FailureCode.UNAVAILABLE, "libvirt has not forgotten the copying of the disk yet.");
            }
            if (!Domains.isStopped(domain) && domain.isPersistent() == 1) {
                String stored = domain.getXMLDesc(SECURE | INACTIVE);
                if (!require(stored, serial).path().equals(disk.path())) {
                    domain.getConnect()
                            .domainDefineXML(DiskDestination.followed(stored, xml, serial))
                            .free();
                }
            }
            return disk.path();
        });
    }
}
