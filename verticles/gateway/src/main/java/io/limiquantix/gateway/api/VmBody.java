package io.limiquantix.gateway.api;

import io.limiquantix.bus.compute.CloudInit;
import io.limiquantix.bus.compute.VmView;
import io.limiquantix.bus.host.GuestReport;
import io.limiquantix.bus.host.HostCapabilities.Accelerator;
import io.limiquantix.bus.host.MachineSpec;
import io.limiquantix.bus.host.MachineSpec.CpuTopology;
import io.limiquantix.bus.host.NicHardware;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.images.OperatingSystem.Firmware;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A VM as the API shows it. */
public record VmBody(
        UUID id,
        String name,
        String description,
        int vcpus,
        long memoryBytes,
        VmView.Phase phase,
        PowerState powerState,
        String stateReason,
        @Nullable UUID hostId,
        @Nullable String hostName,
        @Nullable Accelerator accelerator,
        @Nullable String folder,
        Map<String, String> labels,
        Cpu cpu,
        Firmware firmware,
        boolean secureBoot,
        boolean tpm,
        MachineSpec.@Nullable Watchdog watchdog,
        List<VmDiskBody> disks,
        List<Nic> nics,
        List<VmView.Cdrom> cdroms,
        List<String> bootOrder,
        @Nullable Access access,
        @Nullable Guest guest,
        @Nullable String problem,
        @Nullable UUID activeTaskId,
        Instant createdAt,
        Instant changedAt,
        long version) {

    /** What the host chooses is absent. */
    public record Cpu(
            @Nullable String model,
            @Nullable Integer sockets,
            @Nullable Integer cores,
            @Nullable Integer threads) {
        static Cpu of(MachineSpec machine) {
            CpuTopology topology = machine.topology();
            return topology == null
                    ? new Cpu(machine.cpuModel(), null, null, null)
                    : new Cpu(machine.cpuModel(), topology.sockets(), topology.cores(), topology.threads());
        }
    }

    /** A network card. */
    public record Nic(
            String network,
            @Nullable UUID networkId,
            String mac,
            NicHardware.Model model,
            boolean linkUp,
            @Nullable Long inboundBytesPerSecond,
            @Nullable Long outboundBytesPerSecond,
            @Nullable Boolean allowSpoofing) {
        static Nic of(VmView.Nic nic) {
            NicHardware hardware = NicHardware.orPlain(nic.hardware());
            NicHardware.Bandwidth limits = hardware.bandwidth();
            return new Nic(
                    nic.network(),
                    nic.networkId(),
                    nic.mac(),
                    hardware.model(),
                    hardware.linkUp(),
                    limits == null ? null : limits.inboundBytesPerSecond(),
                    limits == null ? null : limits.outboundBytesPerSecond(),
                    hardware.allowSpoofing());
        }
    }

    /** How somebody logs in; neither a password nor its hash is ever shown. */
    public record Access(String user, String hostName, boolean passwordSet, int sshKeyCount, boolean sshPasswordLogin) {
        static @Nullable Access of(@Nullable CloudInit cloudInit, String vmName) {
            return cloudInit == null
                    ? null
                    : new Access(
                            cloudInit.user(),
                            cloudInit.hostName() == null ? vmName : cloudInit.hostName(),
                            cloudInit.passwordHash() != null,
                            cloudInit.sshKeys().size(),
                            cloudInit.sshPasswordLogin());
        }
    }

    /** What the guest says of itself. */
    public record Guest(
            boolean answered,
            @Nullable String agentVersion,
            @Nullable String hostName,
            @Nullable String operatingSystem,
            List<GuestReport.Address> addresses) {
        static @Nullable Guest of(@Nullable GuestReport report) {
            return report == null
                    ? null
                    : new Guest(
                            report.answered(),
                            report.agentVersion(),
                            report.hostName(),
                            report.operatingSystem(),
                            report.addresses());
        }
    }

    public static VmBody of(VmView vm) {
        MachineSpec machine = MachineSpec.orPlain(vm.spec().machine());
        return new VmBody(
                vm.id(),
                vm.spec().name(),
                vm.spec().description(),
                vm.spec().vcpus(),
                vm.spec().memoryBytes(),
                vm.phase(),
                vm.powerState(),
                vm.stateReason(),
                vm.hostId(),
                vm.hostName(),
                vm.accelerator(),
                vm.spec().folder(),
                vm.spec().labels(),
                Cpu.of(machine),
                machine.firmware(),
                machine.secureBoot(),
                machine.tpm(),
                machine.watchdog(),
                vm.disks().stream().map(VmDiskBody::of).toList(),
                vm.nics().stream().map(Nic::of).toList(),
                vm.cdroms(),
                vm.spec().bootOrder(),
                Access.of(vm.spec().cloudInit(), vm.spec().name()),
                Guest.of(vm.guest()),
                vm.problem(),
                vm.activeTaskId(),
                vm.createdAt(),
                vm.changedAt(),
                vm.version());
    }
}
