package io.limiquantix.host;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.bus.host.HostCapabilities.Accelerator;
import io.limiquantix.bus.host.MachineOffers;
import io.limiquantix.bus.host.SeedKind;
import io.limiquantix.bus.images.OperatingSystem.Firmware;
import io.limiquantix.host.capability.Capabilities;
import io.limiquantix.host.capability.MachineMemory;
import io.limiquantix.host.domain.DirectIo;
import io.limiquantix.host.domain.DomainCheck;
import io.limiquantix.host.domain.DomainPlace;
import io.limiquantix.host.domain.PlacedDisk;
import io.limiquantix.host.libvirt.Networks;
import io.limiquantix.host.storage.OpenPools;
import io.limiquantix.host.storage.StorageFailures;
import io.limiquantix.storage.driver.DiskSource;
import io.limiquantix.storage.driver.ImageFormat;
import io.limiquantix.storage.driver.StoragePool;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** Finds what a domain is to stand on at this host: where its disks, images and seed lie, how its guests run. */
final class DomainPlacement {
    private final Capabilities capabilities;
    private final OpenPools pools;
    private final HostFolder folder;
    private final DirectIo directIo;
    private final Networks networks;

    DomainPlacement(
            Capabilities capabilities, OpenPools pools, HostFolder folder, DirectIo directIo, Networks networks) {
        this.capabilities = capabilities;
        this.pools = pools;
        this.folder = folder;
        this.directIo = directIo;
        this.networks = networks;
    }

    /**
     * A domain and its place.
     *
     * @param place by libvirt's name of the domain
     */
    record Placed(DomainSpec spec, Function<String, DomainPlace> place) {}

    /** @throws FailureException {@code INVALID} for what no host can make, and why something of it is not here */
    Placed of(DomainSpec wanted, Instant deadline) {
        DomainCheck.check(wanted);
        DomainSpec spec = wanted.withNics(wanted.nics().stream()
                .map(nic -> NetworkRequests.settled(networks, nic, deadline))
                .toList());
        Map<UUID, PlacedDisk> disks = disks(spec);
        Map<UUID, Path> isos = isos(spec);
        PlacedDisk seed = spec.seedPath() == null ? null : placed(seedOf(spec.vmId(), spec.seedPath()));
        if (spec.seedKind() == SeedKind.IGNITION && (seed == null || !(seed.source() instanceof DiskSource.OfFile))) {
            throw FailureException.invalid(
                    "ignition",
                    "QEMU can read Ignition's configuration from a file only, and the pool of the first disk has none. Choose a"
                            + " pool of kind local or nfs for it.");
        }
        Accelerator accelerator = capabilities.get(deadline).accelerator();
        return new Placed(
                spec,
                name -> new DomainPlace(
                        name,
                        accelerator,
                        MachineMemory.totalBytes(),
                        folder.serialSocket(spec.vmId()),
                        disks,
                        isos,
                        seed));
    }

    /** @throws FailureException {@code CONFLICT} when a machine that runs elsewhere has a firmware or a TPM that this host cannot give it */
    void requireFirmware(DomainSpec spec, Instant deadline) {
        MachineOffers offers = capabilities.get(deadline).offers();
        if (offers == null) {
            return;
        }
        if (spec.machine().firmware() == Firmware.UEFI && !offers.uefi()) {
            throw lacking("no UEFI firmware", "Install it there (the package ovmf or edk2-ovmf)");
        }
        if (spec.machine().secureBoot() && !offers.secureBoot()) {
            throw lacking("no UEFI firmware with Secure Boot", "Install it there (the package ovmf or edk2-ovmf)");
        }
        if (spec.machine().tpm() && !offers.tpm()) {
            throw lacking("no emulated TPM", "Install it there (the package swtpm)");
        }
    }

    private static FailureException lacking(String what, String remedy) {
        return FailureException.conflict("The host has " + what + ", and the virtual machine runs with one. " + remedy
                + ", or choose another host.");
    }

    private Map<UUID, PlacedDisk> disks(DomainSpec spec) {
        Map<UUID, PlacedDisk> disks = new HashMap<>();
        for (DomainSpec.Disk disk : spec.disks()) {
            PlacedDisk placed = placed(DiskRequests.source(pools, disk));
            DiskRequests.requireCache(placed, disk.hardware());
            disks.put(disk.volumeId(), placed);
        }
        return disks;
    }

    private Map<UUID, Path> isos(DomainSpec spec) {
        Map<UUID, Path> isos = new HashMap<>();
        for (DomainSpec.Cdrom cdrom : spec.cdroms()) {
            if (cdrom.imageId() != null && cdrom.poolId() != null) {
                isos.put(cdrom.imageId(), iso(pools.require(cdrom.poolId()), cdrom.imageId()));
            }
        }
        return isos;
    }

    static Path iso(StoragePool pool, UUID imageId) {
        return StorageFailures.translate(() -> pool.images()
                .find(imageId)
                .filter(image -> image.format() == ImageFormat.ISO)
                .flatMap(image -> pool.images().inDrive(imageId))
                .map(DiskSource.OfFile::path)
                .orElseThrow(() -> FailureException.invalid(
                        "cdroms.imageId", "The pool has no ISO " + imageId + " as a file on this host.")));
    }

    private PlacedDisk placed(DiskSource source) {
        return new PlacedDisk(source, directIo.works(source));
    }

    private DiskSource seedOf(UUID vmId, String path) {
        return pools.usable().stream()
                .flatMap(pool -> pool.seeds().find(vmId).stream())
                .filter(seed -> seed.label().equals(path))
                .findFirst()
                .orElseThrow(() -> {
                    pools.requireAll();
                    return FailureException.invalid("seedPath", "The host has no such seed of this virtual machine.");
                });
    }
}
