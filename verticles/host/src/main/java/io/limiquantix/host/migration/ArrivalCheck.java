package io.limiquantix.host.migration;

import io.limiquantix.bus.host.HostCapabilities.Accelerator;
import io.limiquantix.bus.host.HostMigrationApi.Arrivability;
import io.limiquantix.bus.host.HostMigrationApi.CanArrive;
import io.limiquantix.bus.host.HostMigrationApi.DomainCpu;
import io.limiquantix.host.capability.Capabilities;
import io.limiquantix.host.libvirt.DomainProcessors;
import io.limiquantix.host.libvirt.DomainProcessors.Emulator;
import io.limiquantix.host.network.HostNetworks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks whether a running domain of another host can come here, before anything is made ready for it. */
public final class ArrivalCheck {
    private static final String STANDS_STILL =
            "No processor runs it, QEMU emulates one: so it stands still while its memory is sent.";

    private final Capabilities capabilities;
    private final DomainProcessors processors;
    private final NetworkCheck networks;

    public ArrivalCheck(Capabilities capabilities, DomainProcessors processors, HostNetworks networks) {
        this.capabilities = capabilities;
        this.processors = processors;
        this.networks = new NetworkCheck(networks);
    }

    /** What stands in the way, and what to know of its coming. */
    public Arrivability look(CanArrive request, Instant deadline) {
        List<String> obstacles = new ArrayList<>();
        machine(request.cpu(), deadline).ifPresent(obstacles::add);
        obstacles.addAll(networks.obstacles(request.networks(), deadline));
        return new Arrivability(
                obstacles, request.cpu().domainType().equals("qemu") ? List.of(STANDS_STILL) : List.of());
    }

    /** Without such a machine here, there is nothing to compare its processor with. */
    private Optional<String> machine(DomainCpu cpu, Instant deadline) {
        String type = capabilities.get(deadline).accelerator() == Accelerator.KVM ? "kvm" : "qemu";
        Emulator emulator = processors.emulator(cpu.architecture(), deadline);
        return MachineCheck.obstacle(cpu, type, emulator).or(() -> new ProcessorCheck(cpu, emulator.qemu())
                .obstacle(() -> processors.host(cpu, deadline), () -> processors.lacking(cpu, deadline)));
    }
}
