package io.limiquantix.gateway.api;

import io.limiquantix.bus.compute.Autostart;
import io.limiquantix.bus.compute.CloudInit;
import io.limiquantix.bus.compute.Cloudbase;
import io.limiquantix.bus.compute.GuestSetup;
import io.limiquantix.bus.compute.Ignition;
import io.limiquantix.bus.compute.VmSpec;
import io.limiquantix.bus.compute.VmView;
import io.limiquantix.bus.host.GuestReport;
import io.limiquantix.bus.host.HostCapabilities.Accelerator;
import io.limiquantix.bus.host.MachineSpec;
import io.limiquantix.bus.host.MachineSpec.CpuTopology;
import io.limiquantix.bus.host.NicHardware;
import io.limiquantix.bus.host.PendingChange;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.images.OperatingSystem.Firmware;
import io.limiquantix.runtime.ssh.SshPublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        boolean clipboard,
        List<VmDiskBody> disks,
        List<Nic> nics,
        List<VmView.Cdrom> cdroms,
        List<String> bootOrder,
        @Nullable Autostart autostart,
        @Nullable Access access,
        @Nullable Guest guest,
        List<PendingChange> pending,
        @Nullable String problem,
        @Nullable UUID activeTaskId,
        Instant createdAt,
        Instant changedAt,
        long version,
        VmView.@Nullable Template template) {

    /** What the host chooses is absent. */
    public record Cpu(
            @Nullable String model,
            @Nullable Integer sockets,
            @Nullable Integer cores,
            @Nullable Integer threads,
            @Nullable Integer maxVcpus) {
        static Cpu of(MachineSpec machine) {
            CpuTopology topology = machine.topology();
            return topology == null
                    ? new Cpu(machine.cpuModel(), null, null, null, machine.maxVcpus())
                    : new Cpu(
                            machine.cpuModel(),
                            topology.sockets(),
                            topology.cores(),
                            topology.threads(),
                            machine.maxVcpus());
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
    public record Access(
            String user,
            String hostName,
            boolean passwordSet,
            int sshKeyCount,
            List<Key> sshKeys,
            boolean sshPasswordLogin,
            boolean userData) {
        /** Absent where the image alone knows who logs in. */
        static @Nullable Access of(VmSpec spec) {
            return switch (spec.setup().orElse(null)) {
                case CloudInit wish ->
                    new Access(
                            wish.user(),
                            hostName(wish, spec),
                            wish.passwordHash() != null,
                            wish.sshKeys().size(),
                            keys(wish.sshKeys()),
                            wish.sshPasswordLogin(),
                            wish.userData() != null);
                case Ignition wish ->
                    new Access(
                            wish.user(),
                            hostName(wish, spec),
                            wish.passwordHash() != null,
                            wish.sshKeys().size(),
                            keys(wish.sshKeys()),
                            false,
                            wish.config() != null);
                case Cloudbase _ -> null;
                case null -> null;
            };
        }

        private static String hostName(GuestSetup setup, VmSpec spec) {
            return Objects.requireNonNullElse(setup.hostName(), spec.name());
        }

        private static List<Key> keys(List<String> lines) {
            return lines.stream().map(Key::of).toList();
        }
    }

    /** A public key as people tell it from others. */
    public record Key(String type, String fingerprint, String comment) {
        static Key of(String line) {
            SshPublicKey key = SshPublicKey.parse(line);
            return new Key(key.type(), key.fingerprint(), key.comment());
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
                machine.clipboard(),
                vm.disks().stream().map(VmDiskBody::of).toList(),
                vm.nics().stream().map(Nic::of).toList(),
                vm.cdroms(),
                vm.spec().bootOrder(),
                vm.spec().autostart(),
                Access.of(vm.spec()),
                Guest.of(vm.guest()),
                vm.pending(),
                vm.problem(),
                vm.activeTaskId(),
                vm.createdAt(),
                vm.changedAt(),
                vm.version(),
                vm.template());
    }
}
