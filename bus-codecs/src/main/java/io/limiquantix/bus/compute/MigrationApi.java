package io.limiquantix.bus.compute;

import io.limiquantix.bus.ServiceAddress;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.host.HostMigrationApi.MoveLimits;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** Running virtual machines that go to another host while their guests work on. */
public final class MigrationApi {
    /** Every host but the VM's own, by name, with what stands in the way. */
    public static final ServiceAddress<ComputeApi.Vm, Targets> LIST_TARGETS =
            ServiceAddress.reading("compute.list-migration-targets", ComputeApi.Vm.class, Targets.class);

    /**
     * Moves the VM by a task; refused where something stands in the way. However it ends, the VM is on one of the two hosts, and runs there
     * as long as that host does.
     */
    public static final ServiceAddress<MigrateVm, TaskRef> MIGRATE =
            ServiceAddress.changing("compute.migrate", MigrateVm.class, TaskRef.class);

    private MigrationApi() {}

    public record Targets(List<Target> items) {
        public Targets {
            items = List.copyOf(items);
        }
    }

    /**
     * @param obstacles whole sentences; none: it is possible
     * @param remarks what is good to know
     * @param bytesToCopy of disks that are not on storage which both reach
     */
    public record Target(
            UUID hostId,
            String hostName,
            boolean possible,
            List<String> obstacles,
            List<String> remarks,
            long bytesToCopy) {
        public Target {
            obstacles = List.copyOf(obstacles);
            remarks = List.copyOf(remarks);
        }
    }

    public record MigrateVm(UUID vmId, UUID hostId, MoveLimits limits) {
        public MigrateVm {
            limits = Objects.requireNonNullElse(limits, MoveLimits.NONE);
        }
    }
}
