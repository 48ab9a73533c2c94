package io.limiquantix.host;

import io.limiquantix.host.inventory.DomainInventory;
import io.limiquantix.host.libvirt.DomainMoves;
import io.limiquantix.host.libvirt.Domains;
import io.limiquantix.host.libvirt.LibvirtConnection;
import io.limiquantix.host.libvirt.QemuUser;
import io.limiquantix.host.migration.IncomingMigrations;
import io.limiquantix.host.migration.MigratingDomains;
import io.limiquantix.host.migration.OutgoingMigrations;
import io.limiquantix.host.stream.ArrivalSockets;
import io.limiquantix.host.stream.StreamEndpoint;
import io.limiquantix.runtime.Platform;
import java.nio.file.Path;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What moves running domains, put together. */
final class MigrationParts {
    private static final Pattern SOCKET = Pattern.compile("[?&]socket=([^&]+)");
    private static final Path USUAL_SOCKET = Path.of("/run/libvirt/libvirt-sock");

    private final HostConfig config;
    private final MigratingDomains notes;
    private final ArrivalSockets arrivals = new ArrivalSockets();

    private MigrationParts(HostConfig config, MigratingDomains notes) {
        this.config = config;
        this.notes = notes;
    }

    static MigrationParts of(HostConfig config, HostFolder folder) {
        return new MigrationParts(config, MigratingDomains.in(folder.migrations()));
    }

    boolean isArriving(UUID vmId) {
        return notes.isArriving(vmId);
    }

    ArrivalSockets arrivals() {
        return arrivals;
    }

    void serve(
            Platform platform,
            LibvirtConnection connection,
            StreamEndpoint streams,
            DomainPlacement placement,
            DomainInventory inventory,
            HostRequests requests) {
        DomainMoves moves = new DomainMoves(connection);
        Domains domains = new Domains(connection);
        QemuUser qemu = new QemuUser(connection);
        Path folder = config.migrations();
        var place = new IncomingMigrations.Place(folder, libvirtSocket());
        var incoming = new IncomingMigrations(notes, arrivals, place, domains, moves, qemu);
        var outgoing = new OutgoingMigrations(platform.vertx(), notes, folder, moves, qemu, platform.clock());
        outgoing.forgetEarlier();
        new MigrationRequests(platform.bus(), streams, placement, domains, inventory, incoming, outgoing)
                .serve(requests);
    }

    /** The one by which this process reaches libvirt. */
    private Path libvirtSocket() {
        Matcher named = SOCKET.matcher(config.libvirt());
        return named.find() ? Path.of(named.group(1)) : USUAL_SOCKET;
    }
}
