package io.limiquantix.images.copies;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.images.ImagesApi.ImageAt;
import io.limiquantix.bus.images.ImagesApi.Seed;
import io.limiquantix.bus.scheduler.HostView;
import io.limiquantix.bus.scheduler.SchedulerApi;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The pools and hosts as they are now. */
record Places(List<PoolView> pools, List<HostView> hosts) {
    static Places now(Bus bus, Caller caller) {
        return new Places(
                bus.request(StorageApi.LIST_POOLS, Nothing.NOTHING, caller).items(),
                bus.request(SchedulerApi.LIST_HOSTS, Nothing.NOTHING, caller).items());
    }

    /** @throws FailureException {@code INVALID} for the field {@code poolId} */
    PoolView require(UUID poolId) {
        return find(poolId).orElseThrow(() -> FailureException.invalid("poolId", "There is no pool " + poolId + "."));
    }

    private Optional<PoolView> find(UUID poolId) {
        return pools.stream().filter(pool -> pool.id().equals(poolId)).findFirst();
    }

    boolean isShared(UUID poolId) {
        return find(poolId).filter(PoolView::shared).isPresent();
    }

    /** Whoever has the pool's name can be told more than its id. */
    String poolName(UUID poolId) {
        return find(poolId).map(PoolView::name).orElseGet(poolId::toString);
    }

    String hostName(UUID hostId) {
        return hosts.stream()
                .filter(host -> host.id().equals(hostId))
                .map(HostView::name)
                .findFirst()
                .orElseGet(hostId::toString);
    }

    private boolean isUp(UUID hostId) {
        return isUp(hostId, hosts);
    }

    /** One whose reports have only just stopped may be up. */
    static boolean isUp(UUID hostId, List<HostView> hosts) {
        return hosts.stream().anyMatch(host -> host.id().equals(hostId) && host.state() != HostView.State.DOWN);
    }

    /** Whether the copy serves the place: in a pool that its hosts share, every one does. */
    boolean serves(StoredCopy copy, ImageAt place) {
        return copy.poolId().equals(place.poolId())
                && (copy.hostId().equals(place.hostId()) || isShared(place.poolId()));
    }

    /** The hosts that can read the copy now. */
    List<UUID> readers(StoredCopy copy) {
        return find(copy.poolId()).stream()
                .flatMap(pool -> pool.hosts().stream())
                .filter(on -> on.report().usable() && isUp(on.hostId()))
                .map(PoolView.OnHost::hostId)
                .filter(host -> host.equals(copy.hostId()) || isShared(copy.poolId()))
                .toList();
    }

    /** Which host is to take a copy that a person wishes. */
    UUID hostFor(Seed wish) {
        PoolView pool = require(wish.poolId());
        if (wish.hostId() != null) {
            return wish.hostId();
        }
        List<UUID> usable = pool.hosts().stream()
                .map(PoolView.OnHost::hostId)
                .filter(pool::takesVolumesOn)
                .sorted()
                .toList();
        if (usable.size() > 1 && !pool.shared()) {
            throw FailureException.invalid(
                    "hostId",
                    "The pool " + pool.name() + " is a place of its own on each of " + usable.size()
                            + " hosts; say on which the copy is to be.");
        }
        return usable.stream()
                .findFirst()
                .orElseThrow(() -> FailureException.conflict(
                        "The pool " + pool.name() + " takes nothing on any host now; the pool says why."));
    }

    /** @throws FailureException {@code CONFLICT} */
    void requireUsable(ImageAt place) {
        PoolView pool = require(place.poolId());
        if (!pool.takesVolumesOn(place.hostId())) {
            throw FailureException.conflict("The pool " + pool.name() + " takes nothing on the host "
                    + hostName(place.hostId()) + " now; the pool says why.");
        }
    }
}
