package io.limiquantix.compute.clone;

import io.limiquantix.bus.compute.CloneApi.CloneVm;
import io.limiquantix.bus.compute.GuestSetup;
import io.limiquantix.bus.compute.VmSpec;
import io.limiquantix.bus.compute.VmSpec.CdromSpec;
import io.limiquantix.bus.compute.VmSpec.DiskSpec;
import io.limiquantix.bus.compute.VmSpec.NicSpec;
import io.limiquantix.bus.compute.VmView.Cdrom;
import io.limiquantix.bus.compute.VmView.Nic;
import io.limiquantix.compute.spec.BootOrder;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A clone as its owner wants it. */
public final class CloneSpec {
    private CloneSpec() {}

    /**
     * As the source, with other addresses, and left off when its host was booted.
     *
     * @param source what was wished of the source
     * @param disks of the clone
     * @param nics that the source has now
     * @param cdroms that the source has now
     */
    public static VmSpec of(
            CloneVm wish,
            String name,
            VmSpec source,
            List<DiskSpec> disks,
            List<Nic> nics,
            List<Cdrom> cdroms,
            Optional<GuestSetup> setup) {
        String folder = Objects.requireNonNullElse(wish.folder(), Objects.requireNonNullElse(source.folder(), ""));
        return new VmSpec(
                        name,
                        Objects.requireNonNullElse(wish.description(), source.description()),
                        source.vcpus(),
                        source.memoryBytes(),
                        disks,
                        nics.stream()
                                .map(nic -> new NicSpec(nic.network(), null, nic.hardware()))
                                .toList(),
                        null,
                        folder.isEmpty() ? null : folder,
                        wish.labels() == null ? source.labels() : wish.labels().all(),
                        source.machine(),
                        cdroms.stream()
                                .map(drive -> new CdromSpec(drive.imageId()))
                                .toList(),
                        bootOrder(source, disks, nics, cdroms),
                        null,
                        null,
                        null)
                .withSetup(setup.orElse(null));
    }

    /** Said outright, since nobody sees of disks that are copied whether they were empty. */
    private static List<String> bootOrder(VmSpec source, List<DiskSpec> disks, List<Nic> nics, List<Cdrom> cdroms) {
        return BootOrder.of(source).stream()
                .filter(device -> isThere(device, "disk", disks.size())
                        || isThere(device, "nic", nics.size())
                        || isThere(device, "cdrom", cdroms.size()))
                .toList();
    }

    private static boolean isThere(String device, String kind, int count) {
        return device.startsWith(kind) && Integer.parseInt(device.substring(kind.length())) < count;
    }
}
