package io.limiquantix.storage.driver;

import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/** First-boot configuration disks, one per VM. QEMU reads them, other users of the host do not. */
public interface Seeds {
    /** Keeps a copy of the file as the VM's seed in place of an earlier one; answers what a domain's disk points at. */
    DiskSource store(UUID vmId, Path iso);

    Optional<DiskSource> find(UUID vmId);

    /** Success when there is none. */
    void delete(UUID vmId);
}
