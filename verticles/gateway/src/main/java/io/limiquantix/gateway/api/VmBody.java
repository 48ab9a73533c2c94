package io.limiquantix.gateway.api;

import io.limiquantix.bus.compute.CloudInit;
import io.limiquantix.bus.compute.VmView;
import io.limiquantix.bus.host.GuestReport;
import io.limiquantix.bus.host.HostCapabilities.Accelerator;
import io.limiquantix.bus.host.PowerState;
import java.time.Instant;
import java.util.List;
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
        List<VmView.Disk> disks,
        List<VmView.Nic> nics,
        @Nullable Access access,
        @Nullable Guest guest,
        @Nullable String problem,
        @Nullable UUID activeTaskId,
        Instant createdAt,
        Instant changedAt,
        long version) {

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
                vm.disks(),
                vm.nics(),
                Access.of(vm.spec().cloudInit(), vm.spec().name()),
                Guest.of(vm.guest()),
                vm.problem(),
                vm.activeTaskId(),
                vm.createdAt(),
                vm.changedAt(),
                vm.version());
    }
}
