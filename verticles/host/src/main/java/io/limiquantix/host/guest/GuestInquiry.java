package io.limiquantix.host.guest;

import com.fasterxml.jackson.databind.JsonNode;
import io.limiquantix.bus.host.GuestReport;
import io.limiquantix.bus.host.GuestReport.Address;
import io.limiquantix.bus.host.HostNetworkApi;
import io.limiquantix.host.domain.LiveDefinition;
import io.limiquantix.host.libvirt.Domains;
import io.limiquantix.host.libvirt.GuestAgent;
import io.limiquantix.host.libvirt.Networks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Asks a guest's agent who it is and where it can be reached; a silent one leaves the addresses that DHCP gave out. */
public final class GuestInquiry {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final GuestAgent agent;
    private final Domains domains;
    private final Networks networks;
    private final GuestMemory memory;

    public GuestInquiry(GuestAgent agent, Domains domains, Networks networks) {
        this.agent = agent;
        this.domains = domains;
        this.networks = networks;
        this.memory = new GuestMemory(agent, domains);
    }

    public GuestReport ask(UUID vmId, Instant deadline) {
        LiveDefinition definition = domains.definition(vmId, deadline);
        if (!definition.agentConnected() || !agent.answers(vmId, deadline)) {
            return new GuestReport(vmId, false, null, null, null, leased(definition, deadline));
        }
        memory.remind(vmId, definition, deadline);
        return new GuestReport(
                vmId,
                true,
                text(vmId, "guest-info", "version", deadline),
                text(vmId, "guest-get-host-name", "host-name", deadline),
                text(vmId, "guest-get-osinfo", "pretty-name", deadline),
                addresses(vmId, definition, deadline));
    }

    private @Nullable String text(UUID vmId, String command, String field, Instant deadline) {
        return reply(vmId, command, deadline)
                .flatMap(r -> AgentReply.text(r, field))
                .orElse(null);
    }

    private List<Address> addresses(UUID vmId, LiveDefinition definition, Instant deadline) {
        return reply(vmId, "guest-network-get-interfaces", deadline)
                .map(AgentReply::addresses)
                .orElseGet(() -> leased(definition, deadline));
    }

    private Optional<JsonNode> reply(UUID vmId, String command, Instant deadline) {
        return agent.ask(vmId, "{\"execute\":\"" + command + "\"}", PATIENCE, deadline)
                .flatMap(AgentReply::parse);
    }

    private List<Address> leased(LiveDefinition definition, Instant deadline) {
        List<Address> leased = new ArrayList<>();
        for (LiveDefinition.Nic nic : definition.nics()) {
            for (HostNetworkApi.Lease lease : networks.leases(nic.network(), nic.mac(), deadline)) {
                leased.add(new Address(lease.mac(), lease.ip(), lease.prefix(), "lease"));
            }
        }
        return leased;
    }
}
