package io.limiquantix.bus.compute;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.limiquantix.bus.host.DiskHardware;
import io.limiquantix.bus.host.MachineSpec;
import io.limiquantix.bus.host.NicHardware;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A virtual machine as its owner wants it. What is as it is by default is absent in its JSON, so that a spec that was written before
 * there was such a field is still the same one.
 *
 * @param name 1 to 63 characters: letters, digits, {@code .}, {@code _} and {@code -}, beginning with a letter or digit
 * @param memoryBytes a multiple of 1 MiB
 * @param cloudInit how somebody logs in, absent for a guest that is not set up by cloud-init
 * @param folder where people find it, names with {@code /} between them; absent: in none
 * @param labels words by which people find it
 * @param machine absent: plain
 * @param cloudbase how a Windows guest is set up; there is one of the three at most
 * @param ignition how a CoreOS or Flatcar guest is set up
 * @param autostart absent: it is left off when its host was booted
 * @param bootOrder what it tries to boot from, first to last, as "disk0", "cdrom0" or "nic0" and so on; none: what is sensible
 */
public record VmSpec(
        String name,
        String description,
        int vcpus,
        long memoryBytes,
        List<DiskSpec> disks,
        List<NicSpec> nics,
        @Nullable CloudInit cloudInit,
        @Nullable String folder,
        @JsonInclude(Include.NON_EMPTY) Map<String, String> labels,
        @Nullable MachineSpec machine,
        @JsonInclude(Include.NON_EMPTY) List<CdromSpec> cdroms,
        @JsonInclude(Include.NON_EMPTY) List<String> bootOrder,
        @Nullable Cloudbase cloudbase,
        @Nullable Ignition ignition,
        @Nullable Autostart autostart) {

    public VmSpec {
        disks = List.copyOf(disks);
        nics = List.copyOf(nics);
        // In the order of the alphabet, wherever it is shown.
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        machine = MachineSpec.PLAIN.equals(machine) ? null : machine;
        cdroms = List.copyOf(cdroms);
        bootOrder = List.copyOf(bootOrder);
    }

    /** A plain machine in no folder. */
    public VmSpec(
            String name,
            String description,
            int vcpus,
            long memoryBytes,
            List<DiskSpec> disks,
            List<NicSpec> nics,
            @Nullable CloudInit cloudInit) {
        this(
                name,
                description,
                vcpus,
                memoryBytes,
                disks,
                nics,
                cloudInit,
                null,
                Map.of(),
                null,
                List.of(),
                List.of(),
                null,
                null,
                null);
    }

    /** The same, set up otherwise; absent: not at all. */
    public VmSpec withSetup(@Nullable GuestSetup other) {
        return new VmSpec(
                name,
                description,
                vcpus,
                memoryBytes,
                disks,
                nics,
                other instanceof CloudInit usual ? usual : null,
                folder,
                labels,
                machine,
                cdroms,
                bootOrder,
                other instanceof Cloudbase windows ? windows : null,
                other instanceof Ignition coreOs ? coreOs : null,
                autostart);
    }

    /** How its guest is set up; empty where that is its image's business. */
    public Optional<GuestSetup> setup() {
        if (cloudInit != null) {
            return Optional.of(cloudInit);
        }
        return cloudbase != null ? Optional.of(cloudbase) : Optional.ofNullable(ignition);
    }

    /**
     * A new disk, or a volume that is there already, of which nothing but the hardware can be said.
     *
     * @param imageId what the disk begins with, absent for an empty one
     * @param sizeBytes absent: the image's own size
     * @param poolId absent: the platform chooses
     * @param volumeId the volume that is there already
     * @param hardware absent: plain
     */
    public record DiskSpec(
            @Nullable UUID imageId,
            @Nullable Long sizeBytes,
            @Nullable UUID poolId,
            @Nullable UUID volumeId,
            @Nullable DiskHardware hardware) {
        public DiskSpec {
            hardware = DiskHardware.PLAIN.equals(hardware) ? null : hardware;
        }

        /** A new one on virtio. */
        public DiskSpec(@Nullable UUID imageId, @Nullable Long sizeBytes, @Nullable UUID poolId) {
            this(imageId, sizeBytes, poolId, null, null);
        }
    }

    /**
     * @param mac absent: taken from the platform's range
     * @param hardware absent: plain
     */
    public record NicSpec(
            String network, @Nullable String mac, @Nullable NicHardware hardware) {
        public NicSpec {
            hardware = NicHardware.PLAIN.equals(hardware) ? null : hardware;
        }

        /** One on virtio that is plugged in. */
        public NicSpec(String network, @Nullable String mac) {
            this(network, mac, null);
        }
    }

    /** @param imageId an ISO; absent: an empty drive */
    public record CdromSpec(@Nullable UUID imageId) {}
}
