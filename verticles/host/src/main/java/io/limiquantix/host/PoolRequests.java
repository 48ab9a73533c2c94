package io.limiquantix.host;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.host.PoolReport;
import io.limiquantix.host.storage.OpenPools;
import io.limiquantix.host.storage.StorageDrivers;
import io.limiquantix.host.storage.StorageFailures;
import io.limiquantix.host.storage.VolumesInUse;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.storage.driver.DiskSource;
import io.limiquantix.storage.driver.Setting;
import io.limiquantix.storage.driver.StorageDriver;
import io.limiquantix.storage.driver.StoragePool;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Requests about pools as wholes. */
final class PoolRequests {
    private final StorageDrivers drivers;
    private final OpenPools pools;
    private final VolumesInUse inUse;

    PoolRequests(StorageDrivers drivers, OpenPools pools, VolumesInUse inUse) {
        this.drivers = drivers;
        this.pools = pools;
        this.inUse = inUse;
    }

    void serve(HostRequests requests) {
        requests.answer(HostStorageApi.LIST_DRIVERS, (r, c) -> listDrivers());
        requests.perform(HostStorageApi.OPEN_POOL, (r, c) -> pools.open(r));
        requests.perform(HostStorageApi.CHANGE_POOL, (r, c) -> change(r));
        requests.perform(HostStorageApi.CLOSE_POOL, this::close);
        requests.perform(HostStorageApi.RELEASE_POOL, (r, c) -> release(r));
    }

    private HostStorageApi.Drivers listDrivers() {
        return new HostStorageApi.Drivers(
                drivers.all().stream().map(PoolRequests::view).toList());
    }

    private static HostStorageApi.DriverView view(StorageDriver driver) {
        return new HostStorageApi.DriverView(
                driver.name(),
                driver.settings().stream().map(PoolRequests::view).toList());
    }

    private static HostStorageApi.SettingView view(Setting setting) {
        return new HostStorageApi.SettingView(
                setting.name(),
                setting.required(),
                setting.secret(),
                setting.changeable(),
                setting.aboutChange(),
                setting.description());
    }

    /** What happened is known here: {@code UNAVAILABLE} and {@code TIMEOUT} are to mean that no host was there or answered. */
    private PoolReport change(HostStorageApi.ChangePool request) {
        try {
            return pools.change(request);
        } catch (FailureException e) {
            if (e.code() != FailureCode.UNAVAILABLE && e.code() != FailureCode.TIMEOUT) {
                throw e;
            }
            Failure failure = e.failure();
            throw new FailureException(new Failure(FailureCode.STORAGE, failure.message(), failure.details()), e);
        }
    }

    private Nothing close(HostStorageApi.PoolName request, Caller caller) {
        Optional<StoragePool> pool = pools.find(request.poolId());
        if (pool.isPresent()) {
            refuseWhileUsed(pool.get(), caller);
        }
        pools.close(request.poolId());
        return Nothing.NOTHING;
    }

    private void refuseWhileUsed(StoragePool pool, Caller caller) {
        Set<DiskSource> disks = StorageFailures.translate(() -> pool.volumes().list().stream()
                .flatMap(volume -> pool.volumes().sources(volume.id()).stream())
                .collect(Collectors.toSet()));
        inUse.findAny(disks, caller.deadline()).ifPresent(user -> {
            throw FailureException.conflict("In the pool " + pool.id() + " is a disk of " + user.described()
                    + "; stop it or move it to another host first.");
        });
    }

    private Nothing release(HostStorageApi.PoolName request) {
        pools.release(request.poolId());
        return Nothing.NOTHING;
    }
}
