package io.limiquantix.storage.driver;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** What a domain's disk points at. */
public sealed interface DiskSource {
    /** One line that names it on its host, for people and for comparison; the same source has the same line. */
    String label();

    /** A file of the host. */
    record OfFile(Path path) implements DiskSource {
        @Override
        public String label() {
            return path.toString();
        }
    }

    /** A block device of the host. */
    record OfDevice(Path path) implements DiskSource {
        @Override
        public String label() {
            return path.toString();
        }
    }

    /**
     * An RBD image that QEMU reaches by itself.
     *
     * @param image {@code pool/name}
     * @param user the cephx user, without {@code client.}
     * @param secretId the hypervisor's secret that holds the user's key
     */
    record OfRbd(String image, List<Monitor> monitors, String user, UUID secretId) implements DiskSource {
        public OfRbd {
            monitors = List.copyOf(monitors);
        }

        @Override
        public String label() {
            return "rbd:" + image;
        }
    }

    /** Where a Ceph monitor listens. */
    record Monitor(String host, int port) {}
}
