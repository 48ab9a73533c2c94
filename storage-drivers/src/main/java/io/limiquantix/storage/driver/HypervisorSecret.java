package io.limiquantix.storage.driver;

import java.util.UUID;

/**
 * Something secret that QEMU needs to reach a pool's volumes, as libvirt keeps it.
 *
 * @param id what {@link DiskSource.OfRbd#secretId} names
 * @param usage a name that is unique on the host
 * @param base64 the value
 */
public record HypervisorSecret(UUID id, String usage, String base64) {
    /** Shows no value. */
    @Override
    public String toString() {
        return "HypervisorSecret[" + id + ", " + usage + "]";
    }
}
