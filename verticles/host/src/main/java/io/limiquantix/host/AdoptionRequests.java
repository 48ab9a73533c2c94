package io.limiquantix.host;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainReport;
import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.bus.host.DriftApi.Difference;
import io.limiquantix.bus.host.HostAdoptionApi;
import io.limiquantix.bus.host.HostAdoptionApi.Adopt;
import io.limiquantix.bus.host.HostAdoptionApi.Adoptable;
import io.limiquantix.bus.host.HostAdoptionApi.TakeFile;
import io.limiquantix.bus.host.HostStorageApi.VolumeName;
import io.limiquantix.bus.host.VolumeReport;
import io.limiquantix.host.capability.MachineMemory;
import io.limiquantix.host.domain.AdoptedDefinition;
import io.limiquantix.host.domain.DomainCheck;
import io.limiquantix.host.domain.DriftedDefinition;
import io.limiquantix.host.inventory.DomainInventory;
import io.limiquantix.host.libvirt.DomainAdoption;
import io.limiquantix.host.libvirt.UnmanagedListing;
import io.limiquantix.host.storage.AdoptableFiles;
import io.limiquantix.host.storage.FormerNames;
import io.limiquantix.host.storage.OpenPools;
import io.limiquantix.host.storage.StorageFailures;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.storage.driver.DiskSource;
import io.limiquantix.storage.driver.StoragePool;
import io.limiquantix.storage.driver.Takeovers;
import io.limiquantix.storage.driver.VolumeFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Requests about domains that become ours and are ours no more. */
final class AdoptionRequests {
    private static final UUID NOBODY = new UUID(0, 0);

    private final UnmanagedListing listing;
    private final DomainAdoption adoption;
    private final OpenPools pools;
    private final HostFolder folder;
    private final DomainInventory inventory;

    AdoptionRequests(
            UnmanagedListing listing,
            DomainAdoption adoption,
            OpenPools pools,
            HostFolder folder,
            DomainInventory inventory) {
        this.listing = listing;
        this.adoption = adoption;
        this.pools = pools;
        this.folder = folder;
        this.inventory = inventory;
    }

    void serve(HostRequests requests) {
        requests.answer(HostAdoptionApi.READ, (r, c) -> read(r.vmId(), c));
        requests.perform(HostAdoptionApi.TAKE_FILE, this::take);
        requests.perform(HostAdoptionApi.LET_GO, this::letGo);
        requests.perform(HostAdoptionApi.ADOPT, this::adopt);
        requests.perform(HostAdoptionApi.RELEASE, this::release);
    }

    private Adoptable read(UUID uuid, Caller caller) {
        Adoptable found = listing.read(uuid, new AdoptableFiles(pools.usable()), caller.deadline());
        List<Path> files = found.disks().stream()
                .flatMap(disk -> List.of(Path.of(disk.source()), Path.of(disk.file())).stream())
                .toList();
        return adoption.isNamedByOthers(uuid, files, caller.deadline())
                ? withReason(found, "Another domain has one of its disks as well; take it out there first.")
                : found;
    }

    private static Adoptable withReason(Adoptable found, String reason) {
        return new Adoptable(
                found.uuid(),
                found.name(),
                found.description(),
                found.vcpus(),
                found.memoryBytes(),
                found.machine(),
                found.disks(),
                found.nics(),
                found.cdroms(),
                found.bootOrder(),
                Stream.concat(found.reasons().stream(), Stream.of(reason)).toList());
    }

    private VolumeReport take(TakeFile request, Caller caller) {
        VolumeFormat format = StorageFailures.translate(() -> VolumeFormat.of(request.format()));
        return pools.change(
                request.poolId(),
                caller.deadline(),
                pool -> VolumeRequests.report(
                        takeovers(pool).take(Path.of(request.file()), request.volumeId(), format)));
    }

    private static Takeovers takeovers(StoragePool pool) {
        return pool.takeovers()
                .orElseThrow(
                        () -> FailureException.conflict("Files of a host become volumes where they are in pools of the"
                                + " kind local only, and the pool " + pool.id() + " is none."));
    }

    private Nothing letGo(VolumeName request, Caller caller) {
        return pools.change(request.poolId(), caller.deadline(), pool -> {
            List<Path> files = files(pool, request.volumeId());
            if (!adoption.isNamedByOthers(NOBODY, files, caller.deadline())) {
                takeovers(pool).letGo(request.volumeId());
            }
            return Nothing.NOTHING;
        });
    }

    private static List<Path> files(StoragePool pool, UUID volumeId) {
        return pool.volumes().sources(volumeId).stream()
                .map(DiskSource::label)
                .map(Path::of)
                .toList();
    }

    private DomainReport adopt(Adopt request, Caller caller) {
        DomainApi.EditDomain machine = request.expected().machine();
        DomainCheck.check(machine);
        requireVolumes(request);
        UUID vmId = machine.vmId();
        adoption.adopt(vmId, machine.digest(), xml -> adopted(xml, request), caller.deadline());
        return Certainty.afterChange(() -> inventory.look(vmId, caller.deadline()));
    }

    private String adopted(String xml, Adopt request) {
        String adopted = AdoptedDefinition.of(
                xml, request, folder.serialSocket(request.expected().machine().vmId()));
        List<Difference> differences = new DriftedDefinition(adopted, request.expected(), _ -> Set.of())
                .differences(MachineMemory.totalBytes());
        if (!differences.isEmpty()) {
            throw FailureException.conflict("The domain is another one than it was when it was looked at: "
                    + differences.stream()
                            .map(each ->
                                    each.field() + " is \"" + each.found() + "\" and not \"" + each.expected() + "\"")
                            .collect(Collectors.joining(", "))
                    + ". Adopt it again.");
        }
        return adopted;
    }

    /** What libvirt is to give to QEMU is a volume of ours, and the file that the domain has. */
    private void requireVolumes(Adopt request) {
        for (int i = 0; i < request.taken().size(); i++) {
            DomainSpec.Disk disk = request.expected().disks().get(i);
            Path volume = Path.of(DiskRequests.source(pools, disk).label());
            Path source = Path.of(request.taken().get(i).source());
            boolean later = source.equals(volume) || !Files.exists(source);
            if (!later && !FormerNames.areOfOneFile(source, volume)) {
                throw FailureException.conflict(
                        "The disk " + request.taken().get(i).target() + " is on " + source
                                + ", which is another file by now than the volume " + disk.volumeId() + ".");
            }
        }
    }

    private DomainReport release(DomainApi.Domain request, Caller caller) {
        UUID vmId = request.vmId();
        adoption.release(vmId, folder.serialSocket(vmId), FormerNames::areOfOneFile, caller.deadline());
        return Certainty.afterChange(() -> inventory.look(vmId, caller.deadline()));
    }
}
