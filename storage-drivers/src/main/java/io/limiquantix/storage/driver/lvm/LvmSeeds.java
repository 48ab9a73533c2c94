package io.limiquantix.storage.driver.lvm;

import io.limiquantix.storage.driver.DiskSource;
import io.limiquantix.storage.driver.IdLocks;
import io.limiquantix.storage.driver.QemuLocation;
import io.limiquantix.storage.driver.Seeds;
import io.limiquantix.storage.driver.StorageException;
import io.limiquantix.storage.driver.VolumeFormat;
import io.limiquantix.storage.driver.lvm.OwnName.Kind;
import io.limiquantix.storage.driver.qemu.QemuImg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Seeds as small thin volumes. */
final class LvmSeeds implements Seeds {
    private final VolumeGroup group;
    private final Workbench workbench;
    private final QemuImg qemuImg;
    private final IdLocks locks = new IdLocks();

    LvmSeeds(VolumeGroup group, Workbench workbench, QemuImg qemuImg) {
        this.group = group;
        this.workbench = workbench;
        this.qemuImg = qemuImg;
    }

    @Override
    public DiskSource store(UUID vmId, Path iso) {
        String name = Kind.SEED.name(vmId);
        try (IdLocks.Held _ = locks.hold(vmId)) {
            List<LogicalVolume> there = group.volumes();
            long bytes = group.roundedUp(Math.max(1, Files.size(iso)));
            workbench.make(there, name, aside -> {
                group.create(aside, bytes, List.of());
                qemuImg.copyInto(new QemuLocation(iso.toString(), VolumeFormat.RAW), group.location(aside), true);
                group.remove(there.stream()
                        .map(LogicalVolume::name)
                        .filter(name::equals)
                        .toList());
            });
            return source(name);
        } catch (IOException e) {
            throw StorageException.of("The seed of VM " + vmId + " cannot be read", e);
        }
    }

    private DiskSource source(String name) {
        return new DiskSource.OfDevice(group.device(name));
    }

    @Override
    public Optional<DiskSource> find(UUID vmId) {
        return group.find(Kind.SEED.name(vmId)).map(found -> source(found.name()));
    }

    @Override
    public void delete(UUID vmId) {
        try (IdLocks.Held _ = locks.hold(vmId)) {
            workbench.remove(group.volumes(), Kind.SEED.name(vmId));
        }
    }
}
