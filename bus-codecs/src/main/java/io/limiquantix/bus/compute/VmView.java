package io.limiquantix.bus.compute;

import io.limiquantix.bus.host.DiskHardware;
import io.limiquantix.bus.host.GuestReport;
import io.limiquantix.bus.host.HostCapabilities.Accelerator;
import io.limiquantix.bus.host.NicHardware;
import io.limiquantix.bus.host.PendingChange;
import io.limiquantix.bus.host.PowerState;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A virtual machine as the platform knows it.
 *
 * @param phase where it is in its life
 * @param stateReason why the power state is what it is, as libvirt says
 * @param accelerator what it runs with on its host, absent while it has none
 * @param pending what changes when it is started the next time, as its host reads it from libvirt
 * @param problem what is wrong with it, in a sentence; absent when nothing is
 * @param activeTaskId the task that works on it now
 * @param version for {@code If-Match}
 * @param template what it is as a template; absent: it is none
 */
public record VmView(
        UUID id,
        VmSpec spec,
        Phase phase,
        PowerState powerState,
        String stateReason,
        @Nullable UUID hostId,
        @Nullable String hostName,
        @Nullable Accelerator accelerator,
        List<Disk> disks,
        List<Nic> nics,
        List<Cdrom> cdroms,
        @Nullable GuestReport guest,
        List<PendingChange> pending,
        @Nullable String problem,
        @Nullable UUID activeTaskId,
        Instant createdAt,
        Instant changedAt,
        long version,
        @Nullable Template template) {

    public VmView {
        disks = List.copyOf(disks);
        nics = List.copyOf(nics);
        cdroms = List.copyOf(cdroms);
        pending = List.copyOf(pending);
    }

    public enum Phase {
        CREATING,
        READY,
        DELETING,
        /** Its domain is gone from its host though nobody asked for that. */
        LOST
    }

    /**
     * @param family what it is a version of, in the case it was written
     * @param version from 1
     * @param note what people say of it; may be empty
     * @param since when it was made a template
     */
    public record Template(String family, int version, String note, Instant since) {}

    /**
     * @param attached whether it is a volume that was there before the VM got it, and stays when the VM is deleted
     * @param target libvirt's name of the disk, absent for those that the VM was made with
     * @param hardware absent: plain
     */
    public record Disk(
            UUID volumeId,
            UUID poolId,
            long sizeBytes,
            @Nullable UUID imageId,
            boolean attached,
            boolean readOnly,
            @Nullable String target,
            @Nullable DiskHardware hardware) {
        /** One that the VM is made with. */
        public Disk(UUID volumeId, UUID poolId, long sizeBytes, @Nullable UUID imageId) {
            this(volumeId, poolId, sizeBytes, imageId, false, false, null, null);
        }
    }

    /**
     * @param network the network's name
     * @param hardware absent: plain
     * @param networkId absent in what an earlier version wrote: the one of that name
     */
    public record Nic(
            String network,
            String mac,
            @Nullable NicHardware hardware,
            @Nullable UUID networkId) {
        public Nic(String network, String mac, @Nullable NicHardware hardware) {
            this(network, mac, hardware, null);
        }

        public Nic(String network, String mac) {
            this(network, mac, null, null);
        }
    }

    /** A CD-ROM drive with an ISO from where its host has it, or an empty one. */
    public record Cdrom(@Nullable UUID imageId, @Nullable UUID poolId) {}
}
