package io.limiquantix.storage.driver.ceph;

import io.limiquantix.storage.driver.DiskSource;
import io.limiquantix.storage.driver.IdLocks;
import io.limiquantix.storage.driver.Seeds;
import io.limiquantix.storage.driver.ceph.OwnName.Kind;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Seeds as small RBD images, so that each host on which the VM may run has them. */
final class RbdSeeds implements Seeds {
    private final Rbd rbd;
    private final Workbench workbench;
    private final Function<String, DiskSource> source;
    private final IdLocks locks = new IdLocks();

    /** @param source what a domain's disk points at, by the name of the RBD image */
    RbdSeeds(Rbd rbd, Workbench workbench, Function<String, DiskSource> source) {
        this.rbd = rbd;
        this.workbench = workbench;
        this.source = source;
    }

    @Override
    public DiskSource store(UUID vmId, Path iso) {
        String name = Kind.SEED.name(vmId);
        try (IdLocks.Held _ = locks.hold(vmId)) {
            workbench.replace(name, aside -> rbd.load(iso, aside));
            return source.apply(name);
        }
    }

    @Override
    public Optional<DiskSource> find(UUID vmId) {
        String name = Kind.SEED.name(vmId);
        return rbd.find(name).map(_ -> source.apply(name));
    }

    @Override
    public void delete(UUID vmId) {
        try (IdLocks.Held _ = locks.hold(vmId)) {
            workbench.remove(Kind.SEED.name(vmId));
        }
    }
}
