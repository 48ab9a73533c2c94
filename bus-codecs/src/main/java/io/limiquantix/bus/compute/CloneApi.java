package io.limiquantix.bus.compute;

import io.limiquantix.bus.ServiceAddress;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.CustomizationApi.Customization;
import io.limiquantix.bus.compute.VmEdit.Labels;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Virtual machines that begin with what another one's disks hold. */
public final class CloneApi {
    /**
     * Makes clones of a VM, each by a task of its own. They begin with what its disks hold at one moment, now or when a snapshot was made,
     * and are machines of their own: other ids, addresses and names.
     */
    public static final ServiceAddress<CloneVm, Clones> CLONE =
            ServiceAddress.changing("compute.clone", CloneVm.class, Clones.class);

    private CloneApi() {}

    /** Whether a clone stands on the disks of its source or has all bytes of its own. */
    public enum Kind {
        FULL,
        LINKED
    }

    /**
     * What is absent is as the source has it.
     *
     * @param name of the clone, or of many with a run of numbers in it, as {@code web-{01..20}}
     * @param snapshotId of the source; absent: what it holds now
     * @param quiesce whether the guest's agent is asked to freeze its file systems, where it answers
     * @param pools where copies are to be, by volumes of the source; those that are not named are in their source's pool
     * @param folder empty: in none
     * @param setup how the guest is set up; its kind is free
     * @param start whether each is started when it is made
     * @param customization a spec that the guest is set up by where the request does not say it itself
     */
    public record CloneVm(
            UUID vmId,
            String name,
            Kind kind,
            @Nullable UUID snapshotId,
            boolean quiesce,
            @Nullable UUID hostId,
            Map<UUID, UUID> pools,
            @Nullable String description,
            @Nullable String folder,
            @Nullable Labels labels,
            Setup setup,
            boolean start,
            @Nullable Customization customization) {
        public CloneVm {
            pools = Map.copyOf(pools);
        }

        /** By no customization spec. */
        public CloneVm(
                UUID vmId,
                String name,
                Kind kind,
                @Nullable UUID snapshotId,
                boolean quiesce,
                @Nullable UUID hostId,
                Map<UUID, UUID> pools,
                @Nullable String description,
                @Nullable String folder,
                @Nullable Labels labels,
                Setup setup,
                boolean start) {
            this(vmId, name, kind, snapshotId, quiesce, hostId, pools, description, folder, labels, setup, start, null);
        }
    }

    /** One of the three at most; none: as the source. */
    public record Setup(
            @Nullable CloudInit cloudInit,
            @Nullable Cloudbase cloudbase,
            @Nullable Ignition ignition) {
        public static final Setup AS_SOURCE = new Setup(null, null, null);

        public Optional<GuestSetup> wish() {
            return Stream.<@Nullable GuestSetup>of(cloudInit, cloudbase, ignition)
                    .flatMap(Stream::ofNullable)
                    .findFirst();
        }
    }

    /** @param task whose target is the clone */
    public record Clone(String name, TaskRef task) {}

    /** @param snapshot the task that keeps what the source holds, for which the others wait; absent: there was one already */
    public record Clones(List<Clone> items, @Nullable TaskRef snapshot) {
        public Clones {
            items = List.copyOf(items);
        }
    }
}
