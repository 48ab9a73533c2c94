package io.limiquantix.host;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.host.StreamTicket;
import io.limiquantix.host.guest.GuestInquiry;
import io.limiquantix.host.inventory.DomainInventory;
import io.limiquantix.host.stream.StreamEndpoint;
import io.limiquantix.host.stream.StreamPurpose;
import io.limiquantix.runtime.bus.Caller;

/** Requests of people who look at or into a guest. */
final class ConsoleRequests {
    private final DomainInventory inventory;
    private final GuestInquiry guests;
    private final StreamEndpoint streams;

    ConsoleRequests(DomainInventory inventory, GuestInquiry guests, StreamEndpoint streams) {
        this.inventory = inventory;
        this.guests = guests;
        this.streams = streams;
    }

    void serve(HostRequests requests) {
        requests.answer(DomainApi.OPEN_CONSOLE, this::openConsole);
        requests.answer(DomainApi.ASK_AGENT, (r, c) -> guests.ask(r.vmId(), c.deadline()));
    }

    private StreamTicket openConsole(DomainApi.OpenConsole request, Caller caller) {
        var report = inventory.look(request.vmId(), caller.deadline());
        if (!report.defined()) {
            throw FailureException.notFound("The host has no domain of the virtual machine " + request.vmId() + ".");
        }
        if (report.state() == PowerState.STOPPED || report.state() == PowerState.CRASHED) {
            throw FailureException.conflict("The virtual machine is not running; start it first.");
        }
        return streams.admit(new StreamPurpose.Console(request.vmId(), request.kind()));
    }
}
