package io.limiquantix.host.libvirt;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.HostStorageApi.CopyProgress;
import io.limiquantix.bus.host.HostStorageApi.CopyState;
import io.limiquantix.host.domain.SavedDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.libvirt.Connect;
import org.libvirt.Domain;
import org.libvirt.DomainJobInfo;
import org.libvirt.LibvirtException;
import org.libvirt.MissingCalls;
import org.libvirt.MissingCalls.State;

/**
 * What guests had in their memory when snapshots of them were made: a file each, in libvirt's format of saved domains
 * (qemu_saveimage.h). libvirt writes its first word last, so one that was cut off is told from a whole one.
 */
public final class KeptMemories {
    private static final String WHAT = "The guest could not go on from its memory";
    private static final String WHOLE = "LibvirtQemudSave";
    /** {@code VIR_DOMAIN_XML_SECURE | VIR_DOMAIN_XML_INACTIVE}. */
    private static final int AS_STORED = 3;
    /** Of virDomainState, and of its reasons virDomainRunningReason. */
    private static final State RESTORED = new State(1, 3);

    private static final int PAUSED = 3;

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final Path folder;
    private final LibvirtConnection connection;
    private final Clock clock;
    private final MemoryWriting writing = new MemoryWriting();

    /** @param folder is there, and nobody else writes to it */
    public KeptMemories(Path folder, LibvirtConnection connection, Clock clock) {
        this.folder = folder;
        this.connection = connection;
        this.clock = clock;
    }

    /** Where it is, or would be. */
    public Path file(UUID vmId, UUID memoryId) {
        return folder.resolve(vmId.toString()).resolve(memoryId.toString());
    }

    /** Whether the file is there and its end was written. */
    public boolean isWhole(UUID vmId, UUID memoryId) {
        return done(() -> {
            try (InputStream file = Files.newInputStream(file(vmId, memoryId))) {
                return WHOLE.equals(new String(file.readNBytes(WHOLE.length()), StandardCharsets.US_ASCII));
            } catch (NoSuchFileException _) {
                return false;
            }
        });
    }

    /** What it takes on the host's disk. */
    public long bytes(UUID vmId, UUID memoryId) {
        return done(() -> Files.size(file(vmId, memoryId)));
    }

    /**
     * Makes the place for it, without what an earlier try left there.
     *
     * @throws FailureException {@code NO_CAPACITY}; {@code TIMEOUT} while libvirt still writes what an earlier process asked for
     */
    public Path prepare(UUID vmId, UUID memoryId, Instant deadline) {
        long bytes = connection.withDomain(
                vmId, "The guest's memory could not be looked at", deadline, KeptMemories::bytesToWrite);
        delete(vmId, memoryId);
        new SaveRoom(folder).require(bytes, 0, "make the snapshot without the memory");
        Path file = file(vmId, memoryId);
        done(() -> Files.createDirectories(file.getParent()));
        return file;
    }

    private static long bytesToWrite(Domain domain) throws LibvirtException {
        if (domain.getJobInfo().getType() != 0) {
            throw FailureException.of(
                    FailureCode.TIMEOUT,
                    "libvirt is at work on the virtual machine; its memory may still be being written.");
        }
        return domain.getMaxMemory() << 10;
    }

    /**
     * Has it written.
     *
     * @throws FailureException {@code CANCELLED} when it was ended before it began
     */
    public void write(UUID memoryId, Runnable work) {
        writing.during(memoryId, work);
    }

    /** How far the writing is, also where an earlier process of this host began it. */
    public CopyProgress look(UUID vmId, UUID memoryId, Instant deadline) {
        return connection.withDomain(vmId, "How far the memory is could not be read", deadline, domain -> {
            boolean atWork = writing.isAtWork(memoryId) || isHalfWritten(vmId, memoryId);
            DomainJobInfo job = domain.getJobInfo();
            return atWork && job.getType() != 0 ? JobProgress.of(job) : new CopyProgress(CopyState.NOT_HERE, 0);
        });
    }

    private boolean isHalfWritten(UUID vmId, UUID memoryId) {
        return Files.exists(file(vmId, memoryId)) && !isWhole(vmId, memoryId);
    }

    /** Breaks the writing off and waits until the guest has nothing to do with it; it is never begun from now on, until it is forgotten. */
    public void end(UUID vmId, UUID memoryId, Instant deadline) {
        writing.refuse(memoryId);
        while (isEnding(vmId, memoryId, deadline)) {
            if (clock.instant().isAfter(deadline)) {
                throw FailureException.of(FailureCode.TIMEOUT, "The memory is still being written.");
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    private boolean isEnding(UUID vmId, UUID memoryId, Instant deadline) {
        boolean begun = writing.isAtWork(memoryId) || isHalfWritten(vmId, memoryId);
        boolean aborted = begun
                && connection.withDomain(
                        vmId, "The writing of the memory could not be ended", deadline, KeptMemories::abort);
        return aborted || writing.isAtWork(memoryId);
    }

    /** Whether there was a job; libvirt refuses to end one in its first and its last moment. */
    private static boolean abort(Domain domain) throws LibvirtException {
        if (Domains.isStopped(domain) || domain.getJobInfo().getType() == 0) {
            return false;
        }
        try {
            domain.abortJob();
        } catch (LibvirtException e) {
            if (LibvirtFailures.isCutOff(e)) {
                throw e;
            }
        }
        return true;
    }

    /** Success when there is none. */
    public void forget(UUID vmId, UUID memoryId) {
        delete(vmId, memoryId);
        writing.forget(memoryId);
    }

    private void delete(UUID vmId, UUID memoryId) {
        done(() -> Files.deleteIfExists(file(vmId, memoryId)));
    }

    /** Success when there are none. */
    public void forgetAll(UUID vmId) {
        done(() -> {
            Path all = folder.resolve(vmId.toString());
            if (Files.exists(all)) {
                try (Stream<Path> files = Files.walk(all)) {
                    for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                        Files.deleteIfExists(file);
                    }
                }
            }
            return true;
        });
    }

    /**
     * Has a domain that is off go on from it, on the disks that it would be started from; success when it has gone on from a memory.
     *
     * @throws FailureException {@code CONFLICT} when it runs otherwise, or has other drives than then; {@code NOT_FOUND}
     */
    public void goOn(UUID vmId, UUID memoryId, Instant deadline) {
        connection.withDomainAtLength(vmId, WHAT, deadline, domain -> {
            if (Domains.isStopped(domain)) {
                DomainSaves.refuseSaved(domain);
                requireWhole(vmId, memoryId);
                restore(domain, file(vmId, memoryId).toString());
            } else if (!hasGoneOn(MissingCalls.state(domain))) {
                throw FailureException.conflict(
                        "The virtual machine runs; it can go on from its memory when it is off.");
            }
            return true;
        });
    }

    /** A guest that was paused then is paused again. */
    private static boolean hasGoneOn(State state) {
        return state.equals(RESTORED) || state.state() == PAUSED;
    }

    private void requireWhole(UUID vmId, UUID memoryId) {
        if (!isWhole(vmId, memoryId)) {
            throw FailureException.notFound("The memory that was kept with the snapshot is not on this host any more ("
                    + file(vmId, memoryId) + "). Its disks can be brought back without it.");
        }
    }

    private static void restore(Domain domain, String file) throws LibvirtException {
        Connect connect = domain.getConnect();
        String stored = domain.getXMLDesc(AS_STORED);
        MissingCalls.restore(
                connect, file, SavedDefinition.onDisksOf(MissingCalls.savedDefinition(connect, file), stored));
    }

    private interface Work<T> {
        T go() throws IOException;
    }

    private static <T> T done(Work<T> work) {
        try {
            return work.go();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
