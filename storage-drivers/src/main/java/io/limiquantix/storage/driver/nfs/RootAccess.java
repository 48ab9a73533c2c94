package io.limiquantix.storage.driver.nfs;

import io.limiquantix.storage.driver.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Whether the server lets this host's root act as root: libvirt gives a disk's file to QEMU's user when a domain starts. */
final class RootAccess {
    private static final int ANOTHER_USER = 65_533;

    private RootAccess() {}

    /** @throws StorageException {@code INVALID} with what to change on the server */
    static void require(Path folder) {
        try {
            Path file = Files.createTempFile(folder, ".access", ".making");
            try {
                Files.setAttribute(file, "unix:uid", ANOTHER_USER);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new StorageException(
                    StorageException.Reason.INVALID,
                    "This host may not write to the export as root, which QEMU's disks need (" + e
                            + "). Export it with rw,no_root_squash to this host.",
                    Map.of("field", "settings." + NfsExport.EXPORT),
                    e);
        }
    }
}
