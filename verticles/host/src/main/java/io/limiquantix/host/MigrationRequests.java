package io.limiquantix.host;

import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.DomainReport;
import io.limiquantix.bus.host.HostMigrationApi;
import io.limiquantix.bus.host.HostMigrationApi.Arrival;
import io.limiquantix.bus.host.HostMigrationApi.Channel;
import io.limiquantix.bus.host.HostMigrationApi.Move;
import io.limiquantix.bus.host.HostMigrationApi.OpenChannel;
import io.limiquantix.bus.host.HostMigrationApi.Prepare;
import io.limiquantix.bus.host.HostMigrationApi.Prepared;
import io.limiquantix.bus.host.StreamTicket;
import io.limiquantix.host.domain.DomainDocument;
import io.limiquantix.host.inventory.DomainInventory;
import io.limiquantix.host.libvirt.Domains;
import io.limiquantix.host.migration.IncomingMigrations;
import io.limiquantix.host.migration.OutgoingMigrations;
import io.limiquantix.host.stream.StreamEndpoint;
import io.limiquantix.host.stream.StreamPurpose;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.id.Uuid7;
import java.time.Duration;
import java.util.UUID;

/** Requests about running domains that go from one host to another. */
final class MigrationRequests {
    private static final Duration TICKET_PATIENCE = Duration.ofSeconds(10);

    private final Bus bus;
    private final StreamEndpoint streams;
    private final DomainPlacement placement;
    private final Domains domains;
    private final DomainInventory inventory;
    private final IncomingMigrations incoming;
    private final OutgoingMigrations outgoing;

    MigrationRequests(
            Bus bus,
            StreamEndpoint streams,
            DomainPlacement placement,
            Domains domains,
            DomainInventory inventory,
            IncomingMigrations incoming,
            OutgoingMigrations outgoing) {
        this.bus = bus;
        this.streams = streams;
        this.placement = placement;
        this.domains = domains;
        this.inventory = inventory;
        this.incoming = incoming;
        this.outgoing = outgoing;
    }

    void serve(HostRequests requests) {
        // Not once and for all: a host that was restarted has to open its sockets anew.
        requests.answer(HostMigrationApi.PREPARE, this::prepare);
        requests.answer(HostMigrationApi.OPEN_CHANNEL, this::openChannel);
        requests.perform(HostMigrationApi.MOVE, (r, c) -> {
            outgoing.move(r, channel -> ticket(r, channel, c), c.deadline());
            return lookAfter(r.vmId(), c);
        });
        requests.answer(HostMigrationApi.LOOK_AT_MOVE, (r, c) -> outgoing.look(r.vmId(), c.deadline()));
        // Not in turn with the move itself, for whose end that would wait.
        requests.answer(HostMigrationApi.ABORT, (r, c) -> {
            outgoing.end(r.vmId(), c.deadline());
            return lookAfter(r.vmId(), c);
        });
        requests.perform(HostMigrationApi.LET_RUN, this::letRun);
        requests.perform(HostMigrationApi.FORGET, this::forget);
    }

    private Prepared prepare(Prepare request, Caller caller) {
        placement.requireFirmware(request.spec(), caller.deadline());
        DomainPlacement.Placed placed = placement.of(request.spec(), caller.deadline());
        String name = domains.nameFor(placed.spec(), caller.deadline());
        String definition = DomainDocument.of(placed.spec(), placed.place().apply(name));
        incoming.prepare(request.migrationId(), request.spec().vmId(), caller.deadline());
        return new Prepared(request.migrationId(), definition);
    }

    private StreamTicket openChannel(OpenChannel request, Caller caller) {
        incoming.requireReady(request.migrationId());
        return streams.admit(new StreamPurpose.Migration(request.migrationId(), request.channel()));
    }

    private StreamTicket ticket(Move request, Channel channel, Caller caller) {
        return bus.request(
                HostMigrationApi.OPEN_CHANNEL.at(request.targetHostId()),
                new OpenChannel(request.migrationId(), channel),
                caller.part("ticket " + Uuid7.next()).within(TICKET_PATIENCE));
    }

    private DomainReport letRun(Arrival request, Caller caller) {
        incoming.letRun(request.migrationId(), request.vmId(), caller.deadline());
        return lookAfter(request.vmId(), caller);
    }

    private Nothing forget(Arrival request, Caller caller) {
        incoming.forget(request.migrationId(), request.vmId(), caller.deadline());
        return Nothing.NOTHING;
    }

    private DomainReport lookAfter(UUID vmId, Caller caller) {
        return Certainty.afterChange(() -> inventory.look(vmId, caller.deadline()));
    }
}
