package io.limiquantix.bus.host;

import io.limiquantix.bus.Effect;
import io.limiquantix.bus.HostAddress;
import io.limiquantix.bus.Nothing;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The life of a domain on its host. Every change is idempotent: starting a running domain, stopping a stopped one or
 * undefining one that is gone answers success with the state as it is.
 */
public final class DomainApi {
    /** Defines or redefines the domain; a running one keeps running with its live definition. */
    public static final HostAddress<Define, DomainReport> DEFINE = changing("host.domain.define", Define.class);

    /** Starts the domain, from its memory where that is kept. */
    public static final HostAddress<Domain, DomainReport> START = changing("host.domain.start", Domain.class);

    /** Asks the guest to shut down (agent and ACPI) without waiting for its end; the state follows as an event. */
    public static final HostAddress<Domain, DomainReport> SHUT_DOWN = changing("host.domain.shut-down", Domain.class);

    /** Asks the guest to reboot (agent, else ACPI), once at most for each operation. */
    public static final HostAddress<Domain, DomainReport> REBOOT = changing("host.domain.reboot", Domain.class);

    /** Ends the domain at once, like pulling the plug; one that is suspended loses its memory. */
    public static final HostAddress<Domain, DomainReport> FORCE_STOP = changing("host.domain.force-stop", Domain.class);

    /** Presses the reset button, once at most for each operation. */
    public static final HostAddress<Domain, DomainReport> RESET = changing("host.domain.reset", Domain.class);

    public static final HostAddress<Domain, DomainReport> PAUSE = changing("host.domain.pause", Domain.class);
    public static final HostAddress<Domain, DomainReport> RESUME = changing("host.domain.resume", Domain.class);

    /**
     * Writes the memory of a domain that runs or is paused to the host's disk and ends it (libvirt's managed save); success when that is
     * so already. {@code TIMEOUT} while it is at it: asked again, it goes on waiting. {@code NO_CAPACITY} when there is no room for it.
     */
    public static final HostAddress<Domain, DomainReport> SUSPEND = changing("host.domain.suspend", Domain.class);

    /** How far that is. */
    public static final HostAddress<Domain, HostStorageApi.CopyProgress> LOOK_AT_SUSPENSION =
            HostAddress.reading("host.domain.look-at-suspension", Domain.class, HostStorageApi.CopyProgress.class);

    /** Breaks it off, so that the guest goes on; a domain that is suspended by then stays it. */
    public static final HostAddress<Domain, DomainReport> END_SUSPENSION =
            changing("host.domain.end-suspension", Domain.class);

    /** Forgets the memory of a domain that is off; success when there is none. */
    public static final HostAddress<Domain, DomainReport> DISCARD_STATE =
            changing("host.domain.discard-state", Domain.class);

    /**
     * Starts a domain that is off from memory that was kept with a snapshot, on its disks as they are now; success when it has gone on
     * from a memory already. {@code CONFLICT} when it runs otherwise, or has other disks than then.
     */
    public static final HostAddress<KeptMemory, DomainReport> GO_ON_FROM_MEMORY =
            changing("host.domain.go-on-from-memory", KeptMemory.class);

    /** How far memory that is being kept with a snapshot is. */
    public static final HostAddress<KeptMemory, HostStorageApi.CopyProgress> LOOK_AT_MEMORY =
            HostAddress.reading("host.domain.look-at-memory", KeptMemory.class, HostStorageApi.CopyProgress.class);

    /**
     * Breaks the keeping of memory off, so that its snapshot fails and the guest goes on; success when nothing is at work. It is not begun any more
     * by a request that was sent before.
     */
    public static final HostAddress<KeptMemory, Nothing> END_MEMORY =
            new HostAddress<>("host.domain.end-memory", KeptMemory.class, Nothing.class, Effect.CHANGE);

    /** Deletes memory that was kept with a snapshot; success when there is none. */
    public static final HostAddress<KeptMemory, Nothing> FORGET_MEMORY =
            new HostAddress<>("host.domain.forget-memory", KeptMemory.class, Nothing.class, Effect.CHANGE);

    /** Lets the guest's agent set the guest's clock by the host's; an agent that does not is an answer, not a failure. */
    public static final HostAddress<Domain, ClockSet> SET_CLOCK =
            new HostAddress<>("host.domain.set-clock", Domain.class, ClockSet.class, Effect.CHANGE);

    /**
     * Gives the domain one disk more, the running one and its definition; success when it has it. The answer comes when QEMU
     * has it open.
     */
    public static final HostAddress<AttachDisk, AttachedDisk> ATTACH_DISK =
            new HostAddress<>("host.domain.attach-disk", AttachDisk.class, AttachedDisk.class, Effect.CHANGE);

    /**
     * Takes a disk from the domain, running and defined; success when it does not have it. The answer comes when the guest has
     * let go; {@code CONFLICT} when it has not by the deadline, and then the domain keeps the disk.
     */
    public static final HostAddress<DetachDisk, Nothing> DETACH_DISK =
            new HostAddress<>("host.domain.detach-disk", DetachDisk.class, Nothing.class, Effect.CHANGE);

    /**
     * Changes the definition of the domain, and the running one as far as its guest goes along: memory and vCPUs. What remains is
     * pending in the answer. The same edit asked again changes nothing.
     */
    public static final HostAddress<EditDomain, DomainReport> EDIT = changing("host.domain.edit", EditDomain.class);

    /** Says anew what the domain was made from, running or not. */
    public static final HostAddress<Describe, DomainReport> DESCRIBE = changing("host.domain.describe", Describe.class);

    /**
     * Lets the domain reach a disk that it has otherwise: limits at once, the rest from its next start on. The same asked again changes
     * nothing.
     */
    public static final HostAddress<EditDisk, DomainReport> EDIT_DISK =
            changing("host.domain.edit-disk", EditDisk.class);

    /**
     * Puts an ISO into a CD-ROM drive or takes it out, running or not; {@code CONFLICT} when the guest has locked the drive. Drives come
     * and go only while the domain is off.
     */
    public static final HostAddress<ChangeMedium, DomainReport> CHANGE_MEDIUM =
            changing("host.domain.change-medium", ChangeMedium.class);

    /** Gives the domain a network card unless it has one with this MAC address, the running one and its definition. */
    public static final HostAddress<DomainNic, Nothing> ATTACH_NIC =
            new HostAddress<>("host.domain.attach-nic", DomainNic.class, Nothing.class, Effect.CHANGE);

    /** Makes the card with this MAC address as it is described, while the domain runs or not; a running one keeps its model. */
    public static final HostAddress<DomainNic, Nothing> CHANGE_NIC =
            new HostAddress<>("host.domain.change-nic", DomainNic.class, Nothing.class, Effect.CHANGE);

    /** Takes a card from the domain as {@link #DETACH_DISK} does a disk. */
    public static final HostAddress<DetachNic, Nothing> DETACH_NIC =
            new HostAddress<>("host.domain.detach-nic", DetachNic.class, Nothing.class, Effect.CHANGE);

    /** Ends the domain if it runs and removes its definition and all memory that is kept of it; its disks stay. */
    public static final HostAddress<Domain, DomainReport> UNDEFINE = changing("host.domain.undefine", Domain.class);

    /** Answers {@code defined = false} for a domain that is not there. */
    public static final HostAddress<Domain, DomainReport> GET =
            HostAddress.reading("host.domain.get", Domain.class, DomainReport.class);

    /** Asks the guest's agent, with a short deadline; a silent agent is an answer, not a failure. */
    public static final HostAddress<Domain, GuestReport> ASK_AGENT =
            HostAddress.reading("host.domain.ask-agent", Domain.class, GuestReport.class);

    public static final HostAddress<OpenConsole, StreamTicket> OPEN_CONSOLE =
            HostAddress.reading("host.domain.open-console", OpenConsole.class, StreamTicket.class);

    /**
     * A picture of the guest's screen as it is now, made smaller where it is larger than asked for. {@code CONFLICT} when the
     * domain is off or has no screen.
     */
    public static final HostAddress<TakePicture, Picture> TAKE_PICTURE =
            HostAddress.reading("host.domain.take-picture", TakePicture.class, Picture.class);

    /**
     * The domain's definition as libvirt has it, without secrets. {@code NOT_FOUND} when there is no such domain.
     */
    public static final HostAddress<Domain, Definition> READ_DEFINITION =
            HostAddress.reading("host.domain.read-definition", Domain.class, Definition.class);

    /** The domains that libvirt has and that we did not define, by name; one that cannot be read is among them with that reason. */
    public static final HostAddress<Nothing, UnmanagedDomains> LIST_UNMANAGED =
            HostAddress.reading("host.domain.list-unmanaged", Nothing.class, UnmanagedDomains.class);

    private DomainApi() {}

    /**
     * @param more whether there are others that did not fit into the answer
     */
    public record UnmanagedDomains(List<UnmanagedDomain> items, boolean more) {
        public UnmanagedDomains {
            items = List.copyOf(items);
        }
    }

    /** Names a domain by its VM. */
    public record Domain(UUID vmId) {}

    /** @param memoryId the VM's snapshot */
    public record KeptMemory(UUID vmId, UUID memoryId) {}

    /**
     * @param set whether the guest has the right time
     * @param answered whether its agent said anything at all; one that did and has not set it will not do so when it is asked again
     */
    public record ClockSet(boolean set, boolean answered) {}

    public record Define(DomainSpec spec) {}

    /** @param shareable whether other domains may have it at the same time */
    public record AttachDisk(UUID vmId, DomainSpec.Disk disk, boolean readOnly, boolean shareable) {}

    /** @param target libvirt's name of the disk, for instance {@code vdb} */
    public record AttachedDisk(String target) {}

    public record DetachDisk(UUID vmId, UUID volumeId) {}

    /**
     * How the domain is to be; its disks, CD-ROM drives and network cards stay.
     *
     * @param digest SHA-256 of the accepted spec
     * @param memoryBytes a multiple of 1 MiB
     * @param boot what it tries to boot from, first to last; none: as before
     */
    public record EditDomain(
            UUID vmId,
            String digest,
            String description,
            int vcpus,
            long memoryBytes,
            MachineSpec machine,
            List<BootDevice> boot) {
        public EditDomain {
            boot = List.copyOf(boot);
        }
    }

    /** A disk, the drive of this number from 0, or a network card: one of the three. */
    public record BootDevice(
            @Nullable UUID volumeId,
            @Nullable Integer cdrom,
            @Nullable String mac) {}

    public record EditDisk(UUID vmId, UUID volumeId, UUID poolId, DiskHardware hardware) {}

    /**
     * @param drive from 0
     * @param medium empty: none
     * @param drives how many drives the domain has then; those that are too many go from the end
     * @param force whether a guest that has locked the drive loses it
     */
    public record ChangeMedium(UUID vmId, int drive, DomainSpec.Cdrom medium, int drives, boolean force) {}

    public record Describe(UUID vmId, String digest, String description) {}

    public record DomainNic(UUID vmId, DomainSpec.Nic nic) {}

    public record DetachNic(UUID vmId, String mac) {}

    public enum ConsoleKind {
        /** RFB bytes, untouched. */
        VNC,
        /** The first serial port's bytes; several viewers share it. */
        SERIAL
    }

    public record OpenConsole(UUID vmId, ConsoleKind kind) {}

    /** @param size the most pixels that it is wide or high, 64 to 480, so that it fits into a message */
    public record TakePicture(UUID vmId, int size) {}

    /** @param png the file, in Base64 */
    public record Picture(String png) {}

    /**
     * libvirt's XML of a domain.
     *
     * @param live how it runs; absent while it is off
     * @param defined what it is started from the next time
     */
    public record Definition(@Nullable String live, String defined, Instant readAt) {}

    private static <Q extends Record> HostAddress<Q, DomainReport> changing(String name, Class<Q> request) {
        return new HostAddress<>(name, request, DomainReport.class, Effect.CHANGE);
    }
}
