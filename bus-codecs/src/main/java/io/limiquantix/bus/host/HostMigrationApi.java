package io.limiquantix.bus.host;

import io.limiquantix.bus.HostAddress;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.HostStorageApi.CopyProgress;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a running domain goes from one host, the source, to another, the target, while its guest works on. The target's copy stays
 * paused until {@link #LET_RUN}, which is for whoever has heard that the source has none any more: two of them never run. All changes
 * are idempotent.
 */
public final class HostMigrationApi {
    /**
     * What the guest sees of its processor, asked of the source. {@code CONFLICT} when it does not run, {@code NOT_FOUND} when it is not
     * there.
     */
    public static final HostAddress<DomainApi.Domain, DomainCpu> LOOK_AT_CPU =
            HostAddress.reading("host.migration.look-at-cpu", DomainApi.Domain.class, DomainCpu.class);

    /** Whether a running domain can come to the target: asked before anything is made ready there, and changes nothing. */
    public static final HostAddress<CanArrive, Arrivability> CAN_ARRIVE =
            HostAddress.reading("host.migration.can-arrive", CanArrive.class, Arrivability.class);

    /**
     * Makes the target ready: looks whether everything that the domain is to stand on is there, and opens the sockets for it. Success
     * when it is ready already.
     */
    public static final HostAddress<Prepare, Prepared> PREPARE =
            HostAddress.changing("host.migration.prepare", Prepare.class, Prepared.class);

    /** Opens the target's stream endpoint for one connection of a migration that it is ready for. */
    public static final HostAddress<OpenChannel, StreamTicket> OPEN_CHANNEL =
            HostAddress.changing("host.migration.open-channel", OpenChannel.class, StreamTicket.class);

    /**
     * Sends the domain from the source to the target; success when the source has it no more. It may take hours: whoever waits asks
     * again with the same operation, and looks meanwhile how far it is. Where it is refused, the domain goes on at the source.
     */
    public static final HostAddress<Move, DomainReport> MOVE =
            HostAddress.changing("host.migration.move", Move.class, DomainReport.class);

    /** How far the source is with it. */
    public static final HostAddress<DomainApi.Domain, CopyProgress> LOOK_AT_MOVE =
            HostAddress.reading("host.migration.look-at-move", DomainApi.Domain.class, CopyProgress.class);

    /**
     * Ends it at the source and waits until the guest goes on there; success when nothing is at work. Whether the domain is there or
     * has left by then is in the answer.
     */
    public static final HostAddress<DomainApi.Domain, DomainReport> ABORT =
            HostAddress.changing("host.migration.abort", DomainApi.Domain.class, DomainReport.class);

    /**
     * Lets the guest go on at the target, and closes what was opened for its arrival. Only for whoever knows that the source has no copy
     * of it any more; refused while not all of it has arrived.
     */
    public static final HostAddress<Arrival, DomainReport> LET_RUN =
            HostAddress.changing("host.migration.let-run", Arrival.class, DomainReport.class);

    /**
     * Gives an arrival up at the target: what came of the domain goes, its disks stay. Only for whoever knows that the source has the
     * domain; refused when the domain runs here. Success when nothing of it is here.
     */
    public static final HostAddress<Arrival, Nothing> FORGET =
            HostAddress.changing("host.migration.forget", Arrival.class, Nothing.class);

    private HostMigrationApi() {}

    /** What the hypervisors of two hosts have to say to each other. */
    public enum Channel {
        MEMORY,
        DISKS,
        LIBVIRT
    }

    /** @param spec the domain with what it is to stand on at the target, where its volumes, images and seed are already */
    public record Prepare(UUID migrationId, DomainSpec spec) {}

    /** @param definition the domain as the target would define it, in libvirt's XML; without secrets */
    public record Prepared(UUID migrationId, String definition) {}

    public record OpenChannel(UUID migrationId, Channel channel) {}

    /**
     * @param targetHostId is ready for it
     * @param definition what the target said of it
     * @param volumesToSend those whose bytes the target has not; the others are in pools that both reach
     * @param limits absent in what an earlier version sent: none
     */
    public record Move(
            UUID migrationId,
            UUID vmId,
            UUID targetHostId,
            String definition,
            List<UUID> volumesToSend,
            MoveLimits limits) {
        public Move {
            volumesToSend = List.copyOf(volumesToSend);
            limits = Objects.requireNonNullElse(limits, MoveLimits.NONE);
        }
    }

    /**
     * What a move may take.
     *
     * @param bandwidthMibPerSecond between the two hosts, from 1 to 100000, of memory and disks; absent: as fast as it goes
     * @param maxDowntimeMillis for how long the guest may stand still at the end, from 1 to 60000, as QEMU estimates it; absent: QEMU's 300
     * @param autoConverge whether a guest that writes faster than its memory is sent gets less of its processors, until it is sent
     */
    public record MoveLimits(
            @Nullable Integer bandwidthMibPerSecond,
            @Nullable Integer maxDowntimeMillis,
            boolean autoConverge) {
        public static final MoveLimits NONE = new MoveLimits(null, null, false);
    }

    /**
     * A running domain's processor, and what runs it.
     *
     * @param cpuXml libvirt's element {@code cpu} of the running domain; for one that has its host's processor as it is, with that in it
     * @param machineType QEMU's, with its version, as {@code pc-q35-7.2}
     * @param architecture as libvirt calls it, for instance {@code x86_64}
     * @param domainType {@code kvm} or {@code qemu}, which emulates
     * @param libvirtVersion of the source, as libvirt numbers it: 1,000,000 * major + 1,000 * minor + release
     * @param qemuVersion of the source, numbered alike
     */
    public record DomainCpu(
            String cpuXml,
            String machineType,
            String architecture,
            String domainType,
            long libvirtVersion,
            long qemuVersion) {}

    /** @param networks libvirt's networks, or bridges, that the domain's cards are on; none for a domain without cards */
    public record CanArrive(UUID vmId, DomainCpu cpu, List<String> networks) {
        public CanArrive {
            networks = List.copyOf(networks);
        }
    }

    /**
     * @param obstacles whole sentences that say what stands in the way and what to do; none: it can come
     * @param remarks what to know of its coming, in whole sentences
     */
    public record Arrivability(List<String> obstacles, List<String> remarks) {
        public Arrivability {
            obstacles = List.copyOf(obstacles);
            remarks = List.copyOf(remarks);
        }
    }

    public record Arrival(UUID migrationId, UUID vmId) {}
}
