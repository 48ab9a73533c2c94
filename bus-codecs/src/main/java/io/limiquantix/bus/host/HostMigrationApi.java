package io.limiquantix.bus.host;

import io.limiquantix.bus.HostAddress;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.HostStorageApi.CopyProgress;
import java.util.List;
import java.util.UUID;

/**
 * How a running domain goes from one host, the source, to another, the target, while its guest works on. The target's copy stays
 * paused until {@link #LET_RUN}, which is for whoever has heard that the source has none any more: two of them never run. All changes
 * are idempotent.
 */
public final class HostMigrationApi {
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
     */
    public record Move(UUID migrationId, UUID vmId, UUID targetHostId, String definition, List<UUID> volumesToSend) {
        public Move {
            volumesToSend = List.copyOf(volumesToSend);
        }
    }

    public record Arrival(UUID migrationId, UUID vmId) {}
}
