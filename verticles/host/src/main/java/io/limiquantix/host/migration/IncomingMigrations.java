package io.limiquantix.host.migration;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.HostMigrationApi.Channel;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.host.domain.DomainFacts;
import io.limiquantix.host.libvirt.DomainMoves;
import io.limiquantix.host.libvirt.Domains;
import io.limiquantix.host.libvirt.QemuUser;
import io.limiquantix.host.migration.MigratingDomains.Direction;
import io.limiquantix.host.migration.MigratingDomains.Note;
import io.limiquantix.host.stream.ArrivalSockets;
import io.limiquantix.host.stream.MigrationFolder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Domains that come from other hosts. What arrived stays paused, and is nobody's business, until it is let run or given up. */
public final class IncomingMigrations {
    private final MigratingDomains notes;
    private final ArrivalSockets sockets;
    private final Place place;
    private final Domains domains;
    private final DomainMoves moves;
    private final QemuUser qemu;

    /**
     * Where sockets are, as this process sees it.
     *
     * @param folder of all migrations
     * @param libvirt on which this host's libvirt listens
     */
    public record Place(Path folder, Path libvirt) {}

    public IncomingMigrations(
            MigratingDomains notes,
            ArrivalSockets sockets,
            Place place,
            Domains domains,
            DomainMoves moves,
            QemuUser qemu) {
        this.notes = notes;
        this.sockets = sockets;
        this.place = place;
        this.domains = domains;
        this.moves = moves;
        this.qemu = qemu;
    }

    /**
     * Opens what it needs to arrive; success when that is open.
     *
     * @throws FailureException {@code CONFLICT} when this host has the domain, or waits for it by another migration
     */
    public void prepare(UUID migrationId, UUID vmId, Instant deadline) {
        Optional<Note> known = notes.find(migrationId);
        if (known.isEmpty()) {
            refuseKnown(vmId, deadline);
            notes.add(new Note(migrationId, vmId, Direction.ARRIVING));
        }
        if (!sockets.isOpen(migrationId)) {
            MigrationFolder folder = new MigrationFolder(place.folder(), migrationId, qemu.read(deadline));
            folder.make();
            Map<Channel, Path> byChannel = new EnumMap<>(Channel.class);
            byChannel.put(Channel.MEMORY, folder.socket(Channel.MEMORY));
            byChannel.put(Channel.DISKS, folder.socket(Channel.DISKS));
            byChannel.put(Channel.LIBVIRT, place.libvirt());
            sockets.open(migrationId, byChannel);
        }
    }

    private void refuseKnown(UUID vmId, Instant deadline) {
        if (notes.isArriving(vmId)) {
            throw FailureException.conflict("The host waits for this virtual machine already, by another migration."
                    + " That has to be ended first.");
        }
        DomainFacts facts = domains.get(vmId, deadline);
        if (facts.defined()) {
            throw FailureException.conflict("The host has this virtual machine already: libvirt has the domain "
                    + facts.name() + " (" + facts.state() + ") with its id.");
        }
    }

    /** @throws FailureException {@code NOT_FOUND} when this host does not wait for it */
    public void requireReady(UUID migrationId) {
        sockets.require(migrationId);
    }

    /** Lets what has arrived run; the same again is success. */
    public void letRun(UUID migrationId, UUID vmId, Instant deadline) {
        if (notes.find(migrationId).isPresent()) {
            moves.letRun(vmId, deadline);
            end(migrationId);
        }
    }

    /**
     * Removes what arrived; success when nothing is known of it.
     *
     * @throws FailureException {@code CONFLICT} when it runs
     */
    public void forget(UUID migrationId, UUID vmId, Instant deadline) {
        if (notes.find(migrationId).isPresent()) {
            sockets.close(migrationId);
            if (domains.get(vmId, deadline).state() == PowerState.RUNNING) {
                throw FailureException.conflict("The virtual machine runs on this host, so it is not given up here.");
            }
            domains.undefine(vmId, deadline);
            end(migrationId);
        }
    }

    private void end(UUID migrationId) {
        sockets.close(migrationId);
        MigrationFolder.remove(place.folder(), migrationId);
        notes.remove(migrationId);
    }
}
