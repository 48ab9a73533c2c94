package io.limiquantix.bus.compute;

import io.limiquantix.bus.Page;
import io.limiquantix.bus.ServiceAddress;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.CustomizationApi.Customization;
import io.limiquantix.bus.host.DiskHardware;
import io.limiquantix.bus.host.DiskHardware.Cache;
import io.limiquantix.bus.host.DiskHardware.Discard;
import io.limiquantix.bus.host.DiskHardware.DiskBus;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.NicHardware;
import io.limiquantix.bus.host.StreamTicket;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Virtual machines. */
public final class ComputeApi {
    /** Checks the spec, stores the VM and begins the task that makes it; the operation id makes a repeat harmless. */
    public static final ServiceAddress<CreateVm, TaskRef> CREATE =
            ServiceAddress.changing("compute.create", CreateVm.class, TaskRef.class);

    public static final ServiceAddress<Vm, VmView> GET = ServiceAddress.reading("compute.get", Vm.class, VmView.class);
    public static final ServiceAddress<ListVms, Vms> LIST =
            ServiceAddress.reading("compute.list", ListVms.class, Vms.class);
    public static final ServiceAddress<Power, TaskRef> POWER =
            ServiceAddress.changing("compute.power", Power.class, TaskRef.class);
    public static final ServiceAddress<DeleteVm, TaskRef> DELETE =
            ServiceAddress.changing("compute.delete", DeleteVm.class, TaskRef.class);
    /** What a guest would be set up by, with its secrets hidden; nothing is stored. */
    public static final ServiceAddress<CreateVm, SeedView> PREVIEW_SEED =
            ServiceAddress.reading("compute.preview-seed", CreateVm.class, SeedView.class);

    /** What a guest was set up by, with its secrets hidden; {@code NOT_FOUND} where cloud-init does not set it up. */
    public static final ServiceAddress<Vm, SeedView> GET_SEED =
            ServiceAddress.reading("compute.get-seed", Vm.class, SeedView.class);

    /** Gives a volume that no other VM has to the VM as a disk, while it runs or not. */
    public static final ServiceAddress<AttachDisk, TaskRef> ATTACH_DISK =
            ServiceAddress.changing("compute.attach-disk", AttachDisk.class, TaskRef.class);

    /**
     * Changes what the edit names and nothing else. What people find a VM by is changed at once, without its host; the rest by a task,
     * while the VM runs as far as its guest goes along, else from its next start on. An edit that changes nothing is success.
     */
    public static final ServiceAddress<EditVm, Edited> EDIT =
            ServiceAddress.changing("compute.edit", EditVm.class, Edited.class);

    /** Makes an empty volume and gives it to the VM as a disk, which is undone as one. */
    public static final ServiceAddress<AddDisk, TaskRef> ADD_DISK =
            ServiceAddress.changing("compute.add-disk", AddDisk.class, TaskRef.class);

    /** Grows a disk and changes how the VM reaches it: limits at once, the rest from its next start on. */
    public static final ServiceAddress<EditDisk, TaskRef> EDIT_DISK =
            ServiceAddress.changing("compute.edit-disk", EditDisk.class, TaskRef.class);

    /** Puts an ISO into a CD-ROM drive or takes it out; the drive behind the last one is added while the VM is off. */
    public static final ServiceAddress<ChangeCdrom, TaskRef> CHANGE_CDROM =
            ServiceAddress.changing("compute.change-cdrom", ChangeCdrom.class, TaskRef.class);

    /** Takes a disk from the VM, once its guest has let go, and keeps the volume; refused for the disk that it boots from. */
    public static final ServiceAddress<DetachDisk, TaskRef> DETACH_DISK =
            ServiceAddress.changing("compute.detach-disk", DetachDisk.class, TaskRef.class);

    /** Gives the VM one network card more, while it runs or not. */
    public static final ServiceAddress<AttachNic, TaskRef> ATTACH_NIC =
            ServiceAddress.changing("compute.attach-nic", AttachNic.class, TaskRef.class);

    /** Changes a network card, while the VM runs or not; its model only while it is off. */
    public static final ServiceAddress<ChangeNic, TaskRef> CHANGE_NIC =
            ServiceAddress.changing("compute.change-nic", ChangeNic.class, TaskRef.class);

    /** Takes a network card from the VM, once its guest has let go. */
    public static final ServiceAddress<DetachNic, TaskRef> DETACH_NIC =
            ServiceAddress.changing("compute.detach-nic", DetachNic.class, TaskRef.class);

    public static final ServiceAddress<DomainApi.OpenConsole, StreamTicket> OPEN_CONSOLE =
            ServiceAddress.reading("compute.open-console", DomainApi.OpenConsole.class, StreamTicket.class);

    /** What is on the VM's screen; {@code CONFLICT} when it is off. */
    public static final ServiceAddress<DomainApi.TakePicture, DomainApi.Picture> TAKE_PICTURE =
            ServiceAddress.reading("compute.take-picture", DomainApi.TakePicture.class, DomainApi.Picture.class);

    /**
     * libvirt's XML of the VM's domain, without secrets. {@code CONFLICT} when there is no domain, which says why; {@code UNAVAILABLE}
     * when its host does not answer.
     */
    public static final ServiceAddress<Vm, DomainApi.Definition> READ_DEFINITION =
            ServiceAddress.reading("compute.read-definition", Vm.class, DomainApi.Definition.class);

    /** Which VMs have an image in a CD-ROM drive, at most 20 of them. */
    public static final ServiceAddress<IsoUses, VmNames> LIST_ISO_USES =
            ServiceAddress.reading("compute.list-iso-uses", IsoUses.class, VmNames.class);

    private ComputeApi() {}

    /**
     * @param poolId absent: wherever they have it from
     * @param hostId those that are there or may come there; absent: all
     */
    public record IsoUses(
            UUID imageId, @Nullable UUID poolId, @Nullable UUID hostId) {}

    public record VmNames(List<String> names) {
        public VmNames {
            names = List.copyOf(names);
        }
    }

    /**
     * @param hostId the host that the user chose; absent: the platform chooses
     * @param start whether to start it once it is made
     * @param waitForAgent whether the task goes on until the guest's agent answers
     * @param customization a spec that the guest is set up by where the request does not say it itself
     */
    public record CreateVm(
            VmSpec spec,
            @Nullable UUID hostId,
            boolean start,
            boolean waitForAgent,
            @Nullable Customization customization) {
        /** By no customization spec. */
        public CreateVm(VmSpec spec, @Nullable UUID hostId, boolean start, boolean waitForAgent) {
            this(spec, hostId, start, waitForAgent, null);
        }
    }

    public record Vm(UUID vmId) {}

    /** The documents of cloud-init's NoCloud source. */
    public record SeedView(String metaData, String userData, String networkConfig) {
        /** What is not found to be a secret may be one. */
        @Override
        public String toString() {
            return "SeedView";
        }
    }

    /**
     * What is absent leaves none out.
     *
     * @param search part of a name, any case
     * @param folder those in it and in the folders below it
     * @param label {@code key} for those that have it, {@code key=value} for those that have it with this value
     * @param poolId those with a disk in it
     * @param system part of what the guest calls its operating system, any case
     * @param sort absent: by name; those that are alike are by name
     * @param counted whether to say how many there are in all
     * @param templates absent: without them
     */
    public record ListVms(
            Page page,
            @Nullable String search,
            @Nullable String folder,
            @Nullable String label,
            @Nullable VmState state,
            @Nullable UUID hostId,
            @Nullable UUID poolId,
            @Nullable String system,
            @Nullable VmSort sort,
            boolean descending,
            boolean counted,
            @Nullable TemplateChoice templates) {
        public ListVms(Page page, @Nullable String search) {
            this(page, search, null, null);
        }

        public ListVms(Page page, @Nullable String search, @Nullable String folder, @Nullable String label) {
            this(page, search, folder, label, null, null, null, null, null, false, false, null);
        }

        /** The same with the templates. */
        public ListVms withTemplates() {
            return new ListVms(
                    page,
                    search,
                    folder,
                    label,
                    state,
                    hostId,
                    poolId,
                    system,
                    sort,
                    descending,
                    counted,
                    TemplateChoice.INCLUDE);
        }
    }

    /** Whether templates are in a list of VMs. */
    public enum TemplateChoice {
        EXCLUDE,
        INCLUDE,
        ONLY
    }

    /** What a VM is doing, in a word: its phase counts before its power. */
    public enum VmState {
        CREATING,
        DELETING,
        LOST,
        /** Also while it is asked to shut down. */
        RUNNING,
        PAUSED,
        STOPPED,
        SUSPENDED,
        CRASHED,
        UNKNOWN
    }

    public enum VmSort {
        NAME,
        STATE,
        VCPUS,
        MEMORY,
        HOST,
        FOLDER,
        SYSTEM,
        CREATED
    }

    /**
     * A page of VMs.
     *
     * @param nextCursor absent on the last page
     * @param previousCursor absent on the first page
     * @param total how many there are in all, where that was asked for
     */
    public record Vms(
            List<VmView> items,
            @Nullable String nextCursor,
            @Nullable String previousCursor,
            @Nullable Long total) {
        public Vms {
            items = List.copyOf(items);
        }
    }

    public enum PowerAction {
        START,
        /** Asks the guest; fails after its time-out and leaves the guest running. */
        SHUT_DOWN,
        REBOOT,
        FORCE_STOP,
        RESET,
        PAUSE,
        RESUME,
        /** Keeps its memory on its host's disk and ends it; {@code START} goes on from there. */
        SUSPEND,
        /** Forgets the memory of one that is suspended, which is off then. */
        DISCARD_STATE
    }

    /**
     * @param timeoutSeconds how long a shut-down may take, 1 to 3,600; absent: 180
     */
    public record Power(
            UUID vmId, PowerAction action, @Nullable Integer timeoutSeconds) {}

    /** @param expectedVersion refused when the VM has another; absent: whichever it has */
    public record EditVm(UUID vmId, @Nullable Long expectedVersion, VmEdit edit) {}

    /**
     * @param task absent when all is changed already
     * @param vm as it is now
     */
    public record Edited(@Nullable TaskRef task, VmView vm) {}

    /** @param poolId absent: the platform chooses one that the VM's host reaches */
    public record AddDisk(
            UUID vmId, long sizeBytes, @Nullable UUID poolId, DiskHardware hardware) {}

    /** @param expectedVersion refused when the VM has another; absent: whichever it has */
    public record EditDisk(
            UUID vmId, UUID volumeId, @Nullable Long expectedVersion, DiskEdit edit) {}

    /**
     * What is absent stays.
     *
     * @param readIops as the other limits, 0 for none
     */
    public record DiskEdit(
            @Nullable Long sizeBytes,
            @Nullable DiskBus bus,
            @Nullable Cache cache,
            @Nullable Discard discard,
            @Nullable Long readIops,
            @Nullable Long writeIops,
            @Nullable Long readBytesPerSecond,
            @Nullable Long writeBytesPerSecond) {}

    /**
     * @param drive from 0
     * @param imageId an ISO; absent: none
     * @param force whether a guest that has locked the drive loses it
     */
    public record ChangeCdrom(
            UUID vmId, int drive, @Nullable UUID imageId, boolean force) {}

    public record AttachDisk(UUID vmId, UUID volumeId, boolean readOnly) {}

    public record DetachDisk(UUID vmId, UUID volumeId) {}

    /** @param nic its network by name */
    public record AttachNic(UUID vmId, VmSpec.NicSpec nic) {}

    /**
     * What is absent stays.
     *
     * @param network the name of the one that it is to be on
     * @param bandwidth the limits that it has from now on; without any of them: none
     */
    public record ChangeNic(
            UUID vmId,
            String mac,
            @Nullable String network,
            @Nullable Boolean linkUp,
            NicHardware.@Nullable Model model,
            NicHardware.@Nullable Bandwidth bandwidth,
            @Nullable Boolean allowSpoofing) {}

    public record DetachNic(UUID vmId, String mac) {}

    /**
     * @param keepDisks leaves the volumes in their pools, owned by nobody; those that were attached later stay in any case
     * @param force stops it first when it runs; else a running VM is refused
     */
    public record DeleteVm(
            UUID vmId,
            boolean keepDisks,
            boolean force,
            @Nullable Long expectedVersion) {}
}
