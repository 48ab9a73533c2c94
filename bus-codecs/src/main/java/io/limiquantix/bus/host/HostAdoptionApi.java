package io.limiquantix.bus.host;

import io.limiquantix.bus.Effect;
import io.limiquantix.bus.HostAddress;
import io.limiquantix.bus.Nothing;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Domains that others defined become ours, and ours become others', without a moment in which the guest does not run. */
public final class HostAdoptionApi {
    /** What such a domain would be as a VM. {@code NOT_FOUND} when there is none of that id, {@code CONFLICT} when it is ours. */
    public static final HostAddress<DomainApi.Domain, Adoptable> READ =
            HostAddress.reading("host.adoption.read", DomainApi.Domain.class, Adoptable.class);

    /**
     * Makes a file of the host a volume by a second name, whoever writes to it; the same asked again is the same volume. {@code CONFLICT}
     * with what is in the way.
     */
    public static final HostAddress<TakeFile, VolumeReport> TAKE_FILE =
            HostAddress.changing("host.adoption.take-file", TakeFile.class, VolumeReport.class);

    /** Gives up a volume without a byte of it; a name that a domain uses, and the last name of a file, stay. */
    public static final HostAddress<HostStorageApi.VolumeName, Nothing> LET_GO =
            new HostAddress<>("host.adoption.let-go", HostStorageApi.VolumeName.class, Nothing.class, Effect.CHANGE);

    /**
     * Makes the domain ours: its definition names its disks as the volumes that they are, and its metadata the VM. One that runs goes on
     * as it does. Success when it is ours already. {@code CONFLICT} when it has become another one since it was read.
     */
    public static final HostAddress<Adopt, DomainReport> ADOPT =
            HostAddress.changing("host.adoption.adopt", Adopt.class, DomainReport.class);

    /**
     * Makes it nobody's: what is ours is taken out of its definition, which libvirt's own tools can start then. One that runs goes on as it
     * does. Success when it is not ours.
     */
    public static final HostAddress<DomainApi.Domain, DomainReport> RELEASE =
            HostAddress.changing("host.adoption.release", DomainApi.Domain.class, DomainReport.class);

    private HostAdoptionApi() {}

    /**
     * @param description as libvirt has it, may be empty
     * @param cdroms how many CD-ROM drives it has, all of them empty
     * @param bootOrder what it tries to boot from, first to last, as a VM's spec says it
     * @param reasons why it cannot be a VM as it is, in sentences; then the rest may lack what they speak of
     */
    public record Adoptable(
            UUID uuid,
            String name,
            String description,
            int vcpus,
            long memoryBytes,
            MachineSpec machine,
            List<Disk> disks,
            List<Nic> nics,
            int cdroms,
            List<String> bootOrder,
            List<String> reasons) {
        public Adoptable {
            disks = List.copyOf(disks);
            nics = List.copyOf(nics);
            bootOrder = List.copyOf(bootOrder);
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * A disk of such a domain.
     *
     * @param target libvirt's name of it
     * @param source the file as the definition says it
     * @param file the same without symbolic links
     * @param poolId the pool that can have it
     * @param volumeId which volume of the pool it is by its name; absent: it has no such name yet
     */
    public record Disk(
            String target,
            String source,
            String file,
            String format,
            long sizeBytes,
            UUID poolId,
            @Nullable UUID volumeId,
            DiskHardware hardware) {}

    /** @param network libvirt's name of the network */
    public record Nic(String network, String mac, NicHardware hardware) {}

    /** @param file absolute, without symbolic links */
    public record TakeFile(UUID poolId, UUID volumeId, String file, String format) {}

    /** @param taken its disks, each of them a volume by now, in the order of those that are expected */
    public record Adopt(DriftApi.Expected expected, List<TakenDisk> taken) {
        public Adopt {
            taken = List.copyOf(taken);
        }
    }

    /**
     * @param target libvirt's name of it
     * @param source the file as the definition said it
     */
    public record TakenDisk(UUID volumeId, String target, String source) {}
}
