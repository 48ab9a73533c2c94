package io.limiquantix.storage;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.Page;
import io.limiquantix.bus.ServiceAddress;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.host.HostStorageApi.Preallocation;
import io.limiquantix.bus.host.VolumeOrigin;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.storage.SnapshotView;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.bus.tasks.TaskState;
import io.limiquantix.bus.tasks.TaskView;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.DatabaseAddress;
import io.limiquantix.runtime.tasks.TaskObserver;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** A control plane with the storage verticle. */
final class StorageProcess implements AutoCloseable {
    static final long MIB = 1L << 20;
    final TestControlPlane plane;
    private final FakeHosts hosts;

    private StorageProcess(TestControlPlane plane, FakeHosts hosts) {
        this.plane = plane;
        this.hosts = hosts;
    }

    static DatabaseAddress database() {
        return TestControlPlane.database("storage");
    }

    static StorageProcess start(FakeHosts hosts) {
        return start(hosts, database(), TaskObserver.NONE);
    }

    static StorageProcess start(FakeHosts hosts, DatabaseAddress address, TaskObserver observer) {
        TestControlPlane plane = TestControlPlane.on(address, "{}", observer);
        hosts.serve(plane.bus());
        plane.deploy(StorageVerticle::new);
        return new StorageProcess(plane, hosts);
    }

    PoolView createPool(String name, Caller caller, UUID... on) {
        var request = new StorageApi.CreatePool(name, "local", Map.of("path", "/pools/" + name), Map.of(), List.of(on));
        return plane.bus().request(StorageApi.CREATE_POOL, request, caller);
    }

    PoolView createPool(String name, UUID... on) {
        return createPool(name, TestControlPlane.caller(), on);
    }

    void deletePool(UUID id) {
        plane.bus().request(StorageApi.DELETE_POOL, new StorageApi.Pool(id), TestControlPlane.caller());
    }

    PoolView pool(UUID id) {
        return plane.bus().request(StorageApi.GET_POOL, new StorageApi.Pool(id), TestControlPlane.caller());
    }

    List<PoolView> pools() {
        return plane.bus()
                .request(StorageApi.LIST_POOLS, Nothing.NOTHING, TestControlPlane.caller())
                .items();
    }

    static StorageApi.CreateVolume empty(UUID poolId, @Nullable UUID hostId, String name) {
        return new StorageApi.CreateVolume(poolId, hostId, name, MIB, VolumeOrigin.ZEROES, false, Preallocation.THIN);
    }

    TaskRef createVolume(UUID poolId, String name, Caller caller) {
        var request = empty(poolId, null, name);
        return plane.bus().request(StorageApi.CREATE_VOLUME, request, caller);
    }

    TaskRef createVolume(UUID poolId, String name) {
        return createVolume(poolId, name, TestControlPlane.caller());
    }

    /** A volume that is ready. */
    VolumeView madeVolume(UUID poolId, String name) {
        TaskRef ref = createVolume(poolId, name);
        succeeded(ref);
        return volume(ref.targetId());
    }

    /** A volume that a VM has. */
    VolumeView provision(UUID poolId, @Nullable UUID imageId, UUID volumeId) {
        var request = StorageApi.ProvisionVolume.ofImage(
                volumeId, poolId, hosts.one, "vm-1", MIB, imageId, UUID.nameUUIDFromBytes(new byte[] {1}));
        return plane.bus().request(StorageApi.PROVISION_VOLUME, request, TestControlPlane.caller());
    }

    TaskRef resize(UUID volumeId, long bytes, @Nullable Long version) {
        var request = new StorageApi.ResizeVolume(volumeId, bytes, version);
        return plane.bus().request(StorageApi.RESIZE_VOLUME, request, TestControlPlane.caller());
    }

    TaskRef deleteVolume(UUID volumeId, Caller caller) {
        return plane.bus().request(StorageApi.DELETE_VOLUME, new StorageApi.DeleteVolume(volumeId, false), caller);
    }

    TaskRef deleteVolume(UUID volumeId) {
        return deleteVolume(volumeId, TestControlPlane.caller());
    }

    VolumeView volume(UUID id) {
        return plane.bus().request(StorageApi.GET_VOLUME, new StorageApi.Volume(id), TestControlPlane.caller());
    }

    List<VolumeView> volumes() {
        var request = new StorageApi.ListVolumes(Page.FIRST, null, null);
        return plane.bus()
                .request(StorageApi.LIST_VOLUMES, request, TestControlPlane.caller())
                .items();
    }

    /** Asks as a user does. */
    <Q extends Record, R extends Record> R ask(ServiceAddress<Q, R> address, Q request) {
        return plane.bus().request(address, request, TestControlPlane.caller());
    }

    /** A snapshot that is ready. */
    SnapshotView madeSnapshot(UUID volumeId, String name) {
        succeeded(ask(StorageApi.CREATE_SNAPSHOT, new StorageApi.CreateSnapshot(volumeId, name)));
        return snapshots(volumeId).getLast();
    }

    List<SnapshotView> snapshots(UUID volumeId) {
        return ask(StorageApi.LIST_SNAPSHOTS, new StorageApi.Volume(volumeId)).items();
    }

    TaskView succeeded(TaskRef ref) {
        return ended(ref, TaskState.SUCCEEDED);
    }

    TaskView failed(TaskRef ref) {
        return ended(ref, TaskState.FAILED);
    }

    private TaskView ended(TaskRef ref, TaskState expected) {
        TaskView task = plane.awaitEnd(ref.taskId());
        if (task.state() != expected) {
            throw new AssertionError("not " + expected + ": " + task);
        }
        return task;
    }

    static void assertRefused(FailureCode code, ThrowingCallable request) {
        assertThatThrownBy(request).isInstanceOfSatisfying(FailureException.class, e -> {
            if (e.code() != code) {
                throw new AssertionError("refused with " + e.code(), e);
            }
        });
    }

    static void assertRefused(FailureCode code, String field, ThrowingCallable request) {
        assertThatThrownBy(request).isInstanceOfSatisfying(FailureException.class, e -> {
            if (e.code() != code || !field.equals(e.failure().details().get("field"))) {
                throw new AssertionError("refused with " + e.failure(), e);
            }
        });
    }

    @Override
    public void close() {
        hosts.leave(plane.bus());
        plane.close();
    }
}
