package io.limiquantix.compute;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.SnapshotApi;
import io.limiquantix.bus.compute.VmSnapshotView;
import io.limiquantix.bus.compute.VmView;
import io.limiquantix.bus.host.SnapshotTreeApi.Node;
import io.limiquantix.bus.host.SnapshotTreeApi.Tree;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Snapshots that the disks of a VM have, and a database that is older. */
class FindSnapshotsIT {
    private final World world = new World();
    private final ComputeProcess compute = ComputeProcess.start(world);

    @AfterEach
    void stop() {
        compute.close();
    }

    private SnapshotApi.Snapshots list(VmView vm) {
        return compute.plane.bus().request(SnapshotApi.LIST, new ComputeApi.Vm(vm.id()), TestControlPlane.caller());
    }

    private VmSnapshotView take(VmView vm, String name) {
        TaskRef task = compute.plane
                .bus()
                .request(
                        SnapshotApi.CREATE,
                        new SnapshotApi.CreateSnapshot(vm.id(), name, "", false, false),
                        TestControlPlane.caller());
        compute.succeeded(task);
        return list(vm).items().getLast();
    }

    private TaskRef find(VmView vm) {
        return compute.plane.bus().request(SnapshotApi.FIND, new ComputeApi.Vm(vm.id()), TestControlPlane.caller());
    }

    /** As of a backup that was made before. */
    private void forget(VmSnapshotView snapshot) {
        compute.plane.controlPlane().database().run(tx -> new VmSnapshotStore()
                .remove(tx, snapshot.vmId(), snapshot.id()));
    }

    private static UUID part(VmSnapshotView snapshot, UUID volume) {
        return snapshot.disks().stream()
                .filter(disk -> disk.volumeId().equals(volume))
                .findFirst()
                .orElseThrow()
                .snapshotId();
    }

    private record Came(VmSnapshotView snapshot, @Nullable VmSnapshotView parent) {}

    /** As a chain of files knows it. */
    private void tree(VmView vm, VmSnapshotView current, Came... all) {
        for (VmView.Disk disk : vm.disks()) {
            UUID volume = disk.volumeId();
            List<Node> nodes = new ArrayList<>();
            for (Came came : all) {
                @Nullable VmSnapshotView parent = came.parent();
                nodes.add(new Node(
                        part(came.snapshot(), volume), parent == null ? null : part(parent, volume), 1L << 30));
            }
            world.snapshots.trees.put(volume, new Tree(nodes, part(current, volume), true));
        }
    }

    @Test
    void areFoundAgainWithWhatTheyCameOf() {
        VmView vm = compute.running("web-1");
        VmSnapshotView one = take(vm, "one");
        VmSnapshotView two = take(vm, "two");
        VmSnapshotView branch = take(vm, "branch");
        VmSnapshotView last = take(vm, "last");
        tree(vm, last, new Came(one, null), new Came(two, one), new Came(branch, one), new Came(last, branch));
        forget(last);
        forget(branch);
        assertThat(list(vm).unknown()).isEqualTo(2);
        assertThat(list(vm).currentId()).isEqualTo(two.id());
        assertThat(compute.succeeded(find(vm)).log().toString()).contains("Found found-", "of 2 disks.");
        SnapshotApi.Snapshots now = list(vm);
        assertThat(now.unknown()).isZero();
        assertThat(now.items()).hasSize(4);
        VmSnapshotView foundBranch = with(now, branch);
        VmSnapshotView foundLast = with(now, last);
        assertThat(foundBranch.parentId()).isEqualTo(one.id());
        assertThat(foundLast.parentId()).isEqualTo(foundBranch.id());
        assertThat(foundLast.state()).isEqualTo(VmSnapshotView.State.READY);
        assertThat(foundLast.name()).startsWith("found-");
        assertThat(foundBranch.createdAt()).isBeforeOrEqualTo(foundLast.createdAt());
        assertThat(now.currentId()).isEqualTo(foundLast.id());
    }

    private static VmSnapshotView with(SnapshotApi.Snapshots list, VmSnapshotView parts) {
        return list.items().stream()
                .filter(one -> Set.copyOf(one.disks()).equals(Set.copyOf(parts.disks())))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void parentsFollowTheDisksWhereTheyKnowThem() {
        VmView vm = compute.running("web-1");
        VmSnapshotView one = take(vm, "one");
        VmSnapshotView two = take(vm, "two");
        VmSnapshotView three = take(vm, "three");
        compute.succeeded(find(vm));
        assertThat(list(vm).currentId()).isEqualTo(three.id());
        tree(vm, one, new Came(one, null), new Came(two, one), new Came(three, one));
        compute.succeeded(find(vm));
        assertThat(list(vm).items()).extracting(VmSnapshotView::parentId).containsExactly(null, one.id(), one.id());
        assertThat(list(vm).currentId()).isEqualTo(one.id());
    }

    @Test
    void whatIsTheVolumesOwnIsNoneOfTheVms() {
        VmView vm = compute.running("web-1");
        UUID volume = vm.disks().getFirst().volumeId();
        UUID own = Uuid7.next();
        world.snapshots.kept.put(own, volume);
        world.snapshots.noted.put(
                own, FakeSnapshots.view(new StorageApi.Snapshot(volume, own), "mine", null, Instant.EPOCH));
        assertThat(list(vm).unknown()).isZero();
        assertThat(compute.succeeded(find(vm)).log().toString()).contains("no snapshots that were not known");
        assertThat(list(vm).items()).isEmpty();
    }

    @Test
    void whatKeepsAVolumeWhileItIsReadIsNone() {
        VmView vm = compute.running("web-1");
        world.snapshots.kept.put(
                Uuid7.derived(Uuid7.next(), "hold"), vm.disks().getFirst().volumeId());
        assertThat(list(vm).unknown()).isZero();
        compute.succeeded(find(vm));
        assertThat(list(vm).items()).isEmpty();
    }

    @Test
    void oneThatWasCutOffGoesOnWithWhatItHadStored() {
        VmView vm = compute.running("web-1");
        VmSnapshotView one = take(vm, "one");
        forget(one);
        UUID begun = Uuid7.next();
        VmSnapshotView.Disk disk = one.disks().getFirst();
        world.snapshots.noted.put(
                disk.snapshotId(),
                FakeSnapshots.view(
                        new StorageApi.Snapshot(disk.volumeId(), disk.snapshotId()), "found", begun, Instant.EPOCH));
        compute.succeeded(find(vm));
        assertThat(list(vm).items()).extracting(VmSnapshotView::id).contains(begun);
    }

    @Test
    void nothingIsSaidWhileTheHostIsAway() {
        VmView vm = compute.running("web-1");
        forget(take(vm, "one"));
        world.snapshots.silent = true;
        assertThat(list(vm).unknown()).isNull();
    }
}
