package io.limiquantix.host.libvirt;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.HostStorageApi.CopyProgress;
import io.limiquantix.bus.host.HostStorageApi.CopyState;
import io.limiquantix.bus.tasks.Moved;
import io.limiquantix.host.domain.LiveDefinition;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.libvirt.Domain;
import org.libvirt.DomainBlockJobInfo;
import org.libvirt.LibvirtException;

/** QEMU's jobs that merge files of a disk (virDomainBlockCommit), seen and ended by whoever did not begin them. */
public final class MergeJobs {
    private static final int COMMIT = 3;
    private static final int ACTIVE_COMMIT = 4;
    private static final int HUNDRED = 100;
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final LibvirtConnection connection;
    private final Clock clock;

    public MergeJobs(LibvirtConnection connection, Clock clock) {
        this.connection = connection;
        this.clock = clock;
    }

    /** @param target libvirt's name of the disk */
    private record Job(String target, DomainBlockJobInfo info) {}

    private static Optional<Job> find(Domain domain, String serial) throws LibvirtException {
        if (Domains.isStopped(domain)) {
            return Optional.empty();
        }
        Optional<LiveDefinition.Disk> disk =
                LiveDefinition.parse(domain.getXMLDesc(0)).diskOf(serial);
        if (disk.isEmpty()) {
            return Optional.empty();
        }
        String target = disk.get().target();
        DomainBlockJobInfo info = domain.getBlockJobInfo(target, 0);
        boolean merges = info.type == COMMIT || info.type == ACTIVE_COMMIT;
        return merges ? Optional.of(new Job(target, info)) : Optional.empty();
    }

    /** @param serial of the disk, see {@link io.limiquantix.host.domain.DiskName#serial} */
    public CopyProgress look(UUID vmId, String serial, Instant deadline) {
        return connection.withDomain(
                vmId, "How far the merging is could not be read", deadline, domain -> find(domain, serial)
                        .map(job -> progress(job.info()))
                        .orElse(new CopyProgress(CopyState.NOT_HERE, 0)));
    }

    static CopyProgress progress(DomainBlockJobInfo info) {
        if (info.end <= 0) {
            return new CopyProgress(CopyState.COPYING, 0);
        }
        long moved = Math.min(info.cur, info.end);
        return new CopyProgress(CopyState.COPYING, (int) (moved * HUNDRED / info.end), new Moved(moved, info.end));
    }

    /**
     * Breaks it off and waits until it has ended.
     *
     * @throws FailureException {@code TIMEOUT} when it has not by the deadline
     */
    public void end(UUID vmId, String serial, Instant deadline) {
        while (connection.withDomain(
                vmId, "The merging could not be ended", deadline, domain -> abort(domain, serial))) {
            if (clock.instant().isAfter(deadline)) {
                throw FailureException.of(FailureCode.TIMEOUT, "The merging has not ended yet; ask again.");
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    private static boolean abort(Domain domain, String serial) throws LibvirtException {
        Optional<Job> job = find(domain, serial);
        if (job.isPresent()) {
            domain.blockJobAbort(job.get().target(), 0);
        }
        return job.isPresent();
    }
}
