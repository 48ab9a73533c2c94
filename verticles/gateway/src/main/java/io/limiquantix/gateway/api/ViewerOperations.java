package io.limiquantix.gateway.api;

import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.VmView;
import io.limiquantix.gateway.download.FileName;
import io.limiquantix.gateway.http.Answer;
import io.limiquantix.gateway.http.ApiRequest;
import io.limiquantix.gateway.http.Operation;
import io.limiquantix.gateway.http.Operation.Plain;
import io.limiquantix.gateway.http.TrustedCertificates;
import io.limiquantix.gateway.viewer.Invitation;
import io.limiquantix.gateway.viewer.ViewerAddress;
import io.limiquantix.gateway.viewer.ViewerTickets;
import io.limiquantix.runtime.bus.Bus;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Operations that send a viewer outside of the browser to a VM's screen. */
public final class ViewerOperations {
    private static final int CREATED = 201;

    private record Link(String link, Instant expiresAt) {}

    private record Access(@Nullable Integer port) {}

    private record Made(Invitation invitation, Instant expiresAt) {}

    private final Bus bus;
    private final ViewerTickets tickets;
    private final ViewerAddress address;
    private final TrustedCertificates certificates;

    public ViewerOperations(Bus bus, ViewerTickets tickets, ViewerAddress address, TrustedCertificates certificates) {
        this.bus = bus;
        this.tickets = tickets;
        this.address = address;
        this.certificates = certificates;
    }

    public void addTo(Map<String, Operation> operations) {
        operations.put("getViewerAccess", (Plain) request -> access());
        operations.put("getCertificates", (Plain) request -> certificates());
        operations.put("createViewerFile", (Plain) this::file);
        operations.put("createViewerLink", (Plain) this::link);
    }

    private Answer access() {
        var port = address.portIfServed();
        return Answer.ok(new Access(port.isPresent() ? port.getAsInt() : null));
    }

    private Answer certificates() {
        return Answer.file(200, "application/x-pem-file", certificates.pem())
                .withHeader("Content-Disposition", FileName.disposition("cacert.pem"));
    }

    private Answer file(ApiRequest request) {
        Invitation invitation = invite(request).invitation();
        return Answer.file(CREATED, "application/x-virt-viewer", invitation.file())
                .withHeader("Content-Disposition", FileName.disposition(invitation.vmName() + ".vv"));
    }

    private Answer link(ApiRequest request) {
        Made made = invite(request);
        return new Answer(CREATED, new Link(made.invitation().link(), made.expiresAt()), Map.of());
    }

    /** Asks for the VM first: nobody gets a ticket for what is not there. */
    private Made invite(ApiRequest request) {
        int port = address.requirePort();
        String host = address.host(request.serverName());
        UUID vmId = request.values().id("vmId");
        VmView vm = bus.request(ComputeApi.GET, new ComputeApi.Vm(vmId), request.caller());
        ApiRequest.Holder holder = request.requireHolder();
        var session = holder.session();
        var ticket =
                tickets.issue(new ViewerTickets.Holder(holder.token(), session.userId(), session.userName()), vmId);
        return new Made(new Invitation(host, port, vmId, vm.spec().name(), ticket.password()), ticket.expiresAt());
    }
}
