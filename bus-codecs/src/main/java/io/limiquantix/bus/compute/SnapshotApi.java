package io.limiquantix.bus.compute;

import io.limiquantix.bus.ServiceAddress;
import io.limiquantix.bus.TaskRef;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Snapshots of virtual machines: all their disks at one moment. */
public final class SnapshotApi {
    /**
     * Keeps what the VM's own disks hold now, running or not; what others may write to as well, and what is only read, is left out.
     * Refused where one of them cannot have snapshots.
     */
    public static final ServiceAddress<CreateSnapshot, TaskRef> CREATE =
            ServiceAddress.changing("compute.create-snapshot", CreateSnapshot.class, TaskRef.class);

    /** Oldest first. What they take is not waited for longer than two seconds. */
    public static final ServiceAddress<ComputeApi.Vm, Snapshots> LIST =
            ServiceAddress.reading("compute.list-snapshots", ComputeApi.Vm.class, Snapshots.class);

    /** Changes what people know it by. */
    public static final ServiceAddress<DescribeSnapshot, VmSnapshotView> DESCRIBE =
            ServiceAddress.changing("compute.describe-snapshot", DescribeSnapshot.class, VmSnapshotView.class);

    /**
     * Brings the disks that it covers back to it; refused unless the VM is off or is to be stopped. What they hold now is lost unless it
     * is kept, and nothing is brought back where keeping it fails. With its memory the guest goes on from that moment; refused where the
     * VM is another machine then.
     */
    public static final ServiceAddress<RevertVm, TaskRef> REVERT =
            ServiceAddress.changing("compute.revert-to-snapshot", RevertVm.class, TaskRef.class);

    /** What the VM was otherwise when it was made. */
    public static final ServiceAddress<Snapshot, Differences> DIFFERENCES =
            ServiceAddress.reading("compute.snapshot-differences", Snapshot.class, Differences.class);

    /** Deletes it, while the VM runs or not; what came after it stays as it is. */
    public static final ServiceAddress<DeleteSnapshot, TaskRef> DELETE =
            ServiceAddress.changing("compute.delete-snapshot", DeleteSnapshot.class, TaskRef.class);

    /** Begins to store those that the VM's disks have and nobody knows of, as after the database was put back from a backup. */
    public static final ServiceAddress<ComputeApi.Vm, TaskRef> FIND =
            ServiceAddress.changing("compute.find-snapshots", ComputeApi.Vm.class, TaskRef.class);

    private SnapshotApi() {}

    /**
     * @param quiesce whether the guest's agent is asked to freeze its file systems, where it answers
     * @param memory whether what it has in its memory is kept as well; one that is kept needs no quiescing, and has none
     */
    public record CreateSnapshot(UUID vmId, String name, String description, boolean quiesce, boolean memory) {}

    public record Snapshot(UUID vmId, UUID snapshotId) {}

    /**
     * @param memory whether the guest goes on from its memory; absent: where that was kept
     * @param settings whether its machine and its cards are brought back too
     * @param stop whether it is forced to stop first, if it is on
     * @param keepCurrent the name of the snapshot that is made first of what its disks hold now; absent: none is
     */
    public record RevertVm(
            UUID vmId,
            UUID snapshotId,
            @Nullable Boolean memory,
            boolean settings,
            boolean stop,
            @Nullable String keepCurrent) {
        /** Of its disks alone, or with its memory. */
        public RevertVm(UUID vmId, UUID snapshotId, @Nullable Boolean memory) {
            this(vmId, snapshotId, memory, false, false, null);
        }
    }

    /**
     * @param kept whether the snapshot knows what the VM was
     * @param items what was otherwise
     */
    public record Differences(boolean kept, List<Difference> items) {
        public Differences {
            items = List.copyOf(items);
        }
    }

    /**
     * @param field what it is about, for instance {@code vcpus} or {@code nics.52:54:00:00:00:01}
     * @param before what it was, in words; absent: it was not there
     * @param now what it is, in words; absent: it is not there
     * @param comesBack whether it is brought back with the settings
     */
    public record Difference(
            String field, @Nullable String before, @Nullable String now, boolean comesBack) {}

    /**
     * What is absent stays.
     *
     * @param expectedVersion refused when it has another; absent: whichever it has
     */
    public record DescribeSnapshot(
            UUID vmId,
            UUID snapshotId,
            @Nullable Long expectedVersion,
            @Nullable String name,
            @Nullable String description) {}

    /** @param withChildren whether all that came of it are deleted too */
    public record DeleteSnapshot(UUID vmId, UUID snapshotId, boolean withChildren) {}

    /**
     * @param currentId the one that the VM's disks go on from; absent: none
     * @param usedBytes what all of them take; absent where it is not known of one
     * @param chainLength how many files the deepest of its disks is read through; absent where that is not known, or none is a chain
     * @param unknown how many the disks have that are none of the items; absent where that is not known
     */
    public record Snapshots(
            List<VmSnapshotView> items,
            @Nullable UUID currentId,
            @Nullable Long usedBytes,
            @Nullable Integer chainLength,
            @Nullable Integer unknown) {
        public Snapshots {
            items = List.copyOf(items);
        }
    }
}
