package io.limiquantix.host;

import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.DriftApi;
import io.limiquantix.host.domain.DomainCheck;
import io.limiquantix.host.libvirt.DomainDrift;
import io.limiquantix.host.storage.OpenPools;
import io.limiquantix.storage.driver.DiskSource;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.StoragePool;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Requests about definitions that others changed. */
final class DriftRequests {
    private static final Logger LOG = LoggerFactory.getLogger(DriftRequests.class);

    private final DomainDrift drift;
    private final OpenPools pools;

    DriftRequests(DomainDrift drift, OpenPools pools) {
        this.drift = drift;
        this.pools = pools;
    }

    void serve(HostRequests requests) {
        requests.answer(DriftApi.LOOK, (r, c) -> new DriftApi.Drift(drift.look(checked(r), sources(r), c.deadline())));
        requests.perform(DriftApi.TAKE_OUT, (r, c) -> {
            drift.takeOut(checked(r), sources(r), c.deadline());
            return Nothing.NOTHING;
        });
    }

    private static DriftApi.Expected checked(DriftApi.Expected request) {
        DomainCheck.check(request.machine());
        return request;
    }

    private Function<UUID, Set<DiskSource>> sources(DriftApi.Expected request) {
        return volume -> request.disks().stream()
                .filter(disk -> disk.volumeId().equals(volume))
                .flatMap(disk -> pools.find(disk.poolId()).stream())
                .findFirst()
                .map(pool -> sources(pool, volume))
                .orElse(Set.of());
    }

    private static Set<DiskSource> sources(StoragePool pool, UUID volume) {
        try {
            return pool.volumes().sources(volume);
        } catch (StorageException e) {
            LOG.debug("where the volume {} is cannot be said now", volume, e);
            return Set.of();
        }
    }
}
