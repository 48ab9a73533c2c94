package io.limiquantix.host;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.host.StreamTicket;
import io.limiquantix.host.guest.GuestInquiry;
import io.limiquantix.host.inventory.DomainInventory;
import io.limiquantix.host.libvirt.Definitions;
import io.limiquantix.host.libvirt.Screens;
import io.limiquantix.host.screen.ScreenPicture;
import io.limiquantix.host.stream.ConsoleSockets;
import io.limiquantix.host.stream.StreamEndpoint;
import io.limiquantix.host.stream.StreamPurpose;
import io.limiquantix.runtime.bus.Caller;
import java.util.Base64;
import java.util.UUID;

/** Requests of people who look at a machine or into its guest. */
final class ConsoleRequests {
    private final DomainInventory inventory;
    private final GuestInquiry guests;
    private final StreamEndpoint streams;
    private final Screens screens;
    private final Definitions definitions;
    private final ConsoleSockets sockets;

    ConsoleRequests(
            DomainInventory inventory,
            GuestInquiry guests,
            StreamEndpoint streams,
            Screens screens,
            Definitions definitions,
            ConsoleSockets sockets) {
        this.sockets = sockets;
        this.inventory = inventory;
        this.guests = guests;
        this.streams = streams;
        this.screens = screens;
        this.definitions = definitions;
    }

    void serve(HostRequests requests) {
        requests.answer(DomainApi.OPEN_CONSOLE, this::openConsole);
        requests.answer(DomainApi.TAKE_PICTURE, this::takePicture);
        requests.answer(DomainApi.READ_DEFINITION, (r, c) -> definitions.read(r.vmId(), c.deadline()));
        requests.answer(DomainApi.ASK_AGENT, (r, c) -> guests.ask(r.vmId(), c.deadline()));
    }

    private StreamTicket openConsole(DomainApi.OpenConsole request, Caller caller) {
        requireRunning(request.vmId(), caller);
        sockets.requireIfAdopted(request);
        return streams.admit(new StreamPurpose.Console(request.vmId(), request.kind()));
    }

    private DomainApi.Picture takePicture(DomainApi.TakePicture request, Caller caller) {
        requireRunning(request.vmId(), caller);
        byte[] shot = screens.shoot(request.vmId(), caller.deadline());
        byte[] png = ScreenPicture.read(shot).within(request.size()).png();
        return new DomainApi.Picture(Base64.getEncoder().encodeToString(png));
    }

    private void requireRunning(UUID vmId, Caller caller) {
        var report = inventory.look(vmId, caller.deadline());
        if (!report.defined()) {
            throw FailureException.notFound("The host has no domain of the virtual machine " + vmId + ".");
        }
        if (report.state() == PowerState.SUSPENDED) {
            throw FailureException.conflict("The virtual machine is suspended; start it first.");
        }
        if (report.state() == PowerState.STOPPED || report.state() == PowerState.CRASHED) {
            throw FailureException.conflict("The virtual machine is not running; start it first.");
        }
    }
}
