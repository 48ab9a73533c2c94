package io.limiquantix.host.libvirt;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.host.domain.LiveDefinition;
import io.limiquantix.host.domain.SnapshotDocument;
import io.limiquantix.host.domain.StoredDefinition;
import io.limiquantix.storage.driver.DiskSource;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.libvirt.Connect;
import org.libvirt.Domain;
import org.libvirt.DomainBlockJobInfo;
import org.libvirt.LibvirtException;

/** The files that domains' disks are on, changed while a guest goes on and in definitions of stopped domains. */
public final class DiskFiles {
    private static final int NO_METADATA = 4;
    private static final int DISK_ONLY = 16;
    private static final int REUSE_EXTERNAL = 32;
    private static final int ATOMIC = 128;
    private static final int LIVE = 256;
    private static final int SWITCH = NO_METADATA | DISK_ONLY | REUSE_EXTERNAL | ATOMIC;
    /** The guest goes on until the last of its memory is written. */
    private static final int SWITCH_WITH_MEMORY = NO_METADATA | REUSE_EXTERNAL | ATOMIC;

    private static final int ACTIVE = 4;
    private static final int RELATIVE = 8;
    private static final int COMMIT = 3;
    private static final int ACTIVE_COMMIT = 4;
    private static final int PIVOT = 2;
    private static final int SECURE = 1;
    private static final int INACTIVE = 2;
    /** Most merges are small. */
    private static final Duration FIRST_LOOK = Duration.ofMillis(5);

    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final LibvirtConnection connection;
    private final Clock clock;

    public DiskFiles(LibvirtConnection connection, Clock clock) {
        this.connection = connection;
        this.clock = clock;
    }

    /** A disk of a domain, by libvirt's name for it. */
    public record Disk(UUID vmId, String target) {}

    /** What is merged into what; active when the guest writes to the top. */
    public record Files(Path top, Path base, boolean active) {}

    /** Has a running domain go on in these files, which read as what it is on now; all its disks at the same moment, or none. */
    public void goOver(UUID vmId, List<SnapshotDocument.Switch> switches, Instant deadline) {
        connection.withDomain(vmId, "The disks could not go over to other files", deadline, domain -> {
            LiveDefinition live = LiveDefinition.parse(domain.getXMLDesc(0));
            List<SnapshotDocument.Switch> left = switches.stream()
                    .filter(to ->
                            live.diskFile(to.target()).filter(to.file()::equals).isEmpty())
                    .toList();
            if (!left.isEmpty()) {
                Set<String> others = new TreeSet<>(live.diskTargets());
                left.stream().map(SnapshotDocument.Switch::target).forEach(others::remove);
                domain.snapshotCreateXML(SnapshotDocument.of(left, others, null), SWITCH)
                        .free();
            }
            return true;
        });
    }

    /**
     * The same, and keeps the memory of that moment. It is not repeated: whoever does not know whether it happened looks at the disks.
     *
     * @param memory a file that is not there yet
     */
    public void goOverKeeping(UUID vmId, List<SnapshotDocument.Switch> switches, Path memory, Instant deadline) {
        connection.withDomainAtLength(vmId, "The disks and the memory could not be kept", deadline, domain -> {
            LiveDefinition live = LiveDefinition.parse(domain.getXMLDesc(0));
            Set<String> others = new TreeSet<>(live.diskTargets());
            switches.stream().map(SnapshotDocument.Switch::target).forEach(others::remove);
            int flags = live.isEmulated() ? SWITCH_WITH_MEMORY : SWITCH_WITH_MEMORY | LIVE;
            domain.snapshotCreateXML(SnapshotDocument.of(switches, others, memory), flags)
                    .free();
            return true;
        });
    }

    /** @throws FailureException {@code UNAVAILABLE} while libvirt is at work on the domain as a whole, as when it keeps its memory */
    public void refuseWhileAtWork(UUID vmId, Instant deadline) {
        boolean atWork = connection.withDomain(
                vmId,
                "The domain could not be looked at",
                deadline,
                domain -> domain.getJobInfo().getType() != 0);
        if (atWork) {
            throw FailureException.of(
                    FailureCode.UNAVAILABLE,
                    "libvirt is at work on " + vmId
                            + ", for instance keeping its memory; ask again when that has ended.");
        }
    }

    /** @throws FailureException {@code UNAVAILABLE} while files of the disk are merged or copied */
    public void refuseWhileBusy(Disk disk, Instant deadline) {
        boolean busy = connection.withDomain(
                disk.vmId(),
                "The disk could not be looked at",
                deadline,
                domain -> domain.getBlockJobInfo(disk.target(), 0).type != 0);
        if (busy) {
            throw FailureException.of(
                    FailureCode.UNAVAILABLE,
                    "The disk " + disk.target() + " of " + disk.vmId()
                            + " is busy with a job of QEMU; nothing was done.");
        }
    }

    /**
     * Has a running domain write what the upper file holds into the lower one and go on without the upper one; waits for the end.
     * A merge that is going on already is waited for.
     *
     * @throws FailureException {@code TIMEOUT} when it is still going on at the deadline, {@code UNAVAILABLE} when the domain
     *     ended or somebody else reads the files
     */
    public void merge(Disk disk, Files files, Instant deadline) {
        boolean begun = false;
        Duration pause = FIRST_LOOK;
        while (true) {
            Stage stage = connection.withDomain(
                    disk.vmId(), "The snapshot's file could not be merged", deadline, d -> stage(d, disk, files));
            switch (stage) {
                case DONE -> {
                    return;
                }
                case NOT_BEGUN -> {
                    if (begun) {
                        throw FailureException.of(
                                FailureCode.HYPERVISOR,
                                "QEMU ended the merging of " + files.top() + " into " + files.base()
                                        + " without success; its log says why. The snapshot can be deleted again.");
                    }
                    begin(disk, files, deadline);
                    begun = true;
                }
                case READY ->
                    connection.withDomain(
                            disk.vmId(), "The guest could not go on in the lower file", deadline, domain -> {
                                domain.blockJobAbort(disk.target(), PIVOT);
                                return true;
                            });
                case AT_WORK -> {
                    await(pause, deadline);
                    pause = pause.multipliedBy(2).compareTo(LOOK_EVERY) < 0 ? pause.multipliedBy(2) : LOOK_EVERY;
                }
            }
        }
    }

    private enum Stage {
        NOT_BEGUN,
        AT_WORK,
        READY,
        DONE
    }

    private static Stage stage(Domain domain, Disk disk, Files files) throws LibvirtException {
        if (domain.isActive() == 0) {
            throw FailureException.of(
                    FailureCode.UNAVAILABLE, "The virtual machine has ended meanwhile; the rest is done without it.");
        }
        DomainBlockJobInfo job = domain.getBlockJobInfo(disk.target(), 0);
        LiveDefinition live = LiveDefinition.parse(domain.getXMLDesc(0));
        return switch (job.type) {
            case 0 -> live.filesBelow(disk.target()).contains(files.top()) ? Stage.NOT_BEGUN : Stage.DONE;
            case COMMIT -> Stage.AT_WORK;
            case ACTIVE_COMMIT -> live.isMirrored(disk.target()) ? Stage.READY : Stage.AT_WORK;
            default ->
                throw FailureException.of(
                        FailureCode.UNAVAILABLE,
                        "The disk " + disk.target()
                                + " is busy with another job of QEMU; ask again when that has ended.");
        };
    }

    private void begin(Disk disk, Files files, Instant deadline) {
        int flags = files.active() ? ACTIVE : RELATIVE;
        connection.withDomain(disk.vmId(), "The snapshot's file could not be merged", deadline, domain -> {
            try {
                domain.blockCommit(
                        disk.target(), files.base().toString(), files.top().toString(), 0, flags);
            } catch (LibvirtException e) {
                if (isLocked(e)) {
                    throw busyFiles(files, e);
                }
                throw e;
            }
            return true;
        });
    }

    /** As QEMU's block/file-posix.c says it. */
    private static boolean isLocked(LibvirtException e) {
        return String.valueOf(e.getMessage()).contains("Failed to get");
    }

    private static FailureException busyFiles(Files files, LibvirtException e) {
        return new FailureException(
                FailureException.of(
                                FailureCode.UNAVAILABLE,
                                "Somebody reads " + files.base() + " or " + files.top()
                                        + ", for instance a copy; they are merged when that has ended.")
                        .failure(),
                e);
    }

    private void await(Duration pause, Instant deadline) {
        if (!clock.instant().plus(pause).isBefore(deadline)) {
            throw FailureException.of(
                    FailureCode.TIMEOUT, "The snapshot's file is still being merged; that goes on, ask again.");
        }
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailureException(
                    FailureException.of(FailureCode.TIMEOUT, "Waiting for the merging was interrupted; it goes on.")
                            .failure(),
                    e);
        }
    }

    /** Lets a domain start with other files the next time; nothing happens to one that runs, or is not there any more. */
    public void store(UUID vmId, Map<Path, Path> changes, Instant deadline) {
        if (changes.isEmpty()) {
            return;
        }
        connection.callFor(
                vmId,
                "The domain could not be defined with other files",
                deadline,
                connect -> Domains.lookUp(
                        connect, c -> c.domainLookupByUUID(vmId), domain -> store(connect, domain, changes)));
    }

    private static boolean store(Connect connect, Domain domain, Map<Path, Path> changes) throws LibvirtException {
        if (domain.isPersistent() == 1) {
            String stored = domain.getXMLDesc(SECURE | INACTIVE);
            boolean named = LiveDefinition.parse(stored).diskFiles().stream().anyMatch(changes::containsKey);
            if (named) {
                connect.domainDefineXML(StoredDefinition.withFiles(stored, changes))
                        .free();
            }
        }
        return true;
    }

    /** Lets a domain that is not running reach its disks in Ceph as they are reached now, from its next start on. */
    public void storeReach(UUID vmId, UnaryOperator<DiskSource> reached, Instant deadline) {
        connection.callFor(
                vmId,
                "The domain could not be defined with its disks as they are reached now",
                deadline,
                connect -> Domains.lookUp(
                        connect, c -> c.domainLookupByUUID(vmId), domain -> storeReach(connect, domain, reached)));
    }

    private static boolean storeReach(Connect connect, Domain domain, UnaryOperator<DiskSource> reached)
            throws LibvirtException {
        if (domain.isPersistent() == 1 && domain.isActive() == 0) {
            Optional<String> changed = StoredDefinition.withReach(domain.getXMLDesc(SECURE | INACTIVE), reached);
            if (changed.isPresent()) {
                connect.domainDefineXML(changed.get()).free();
            }
        }
        return true;
    }
}
