package io.limiquantix.host;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainReport;
import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.bus.host.HostCapabilities.Accelerator;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.host.SeedKind;
import io.limiquantix.host.capability.Capabilities;
import io.limiquantix.host.capability.MachineMemory;
import io.limiquantix.host.domain.DirectIo;
import io.limiquantix.host.domain.DomainCheck;
import io.limiquantix.host.domain.DomainPlace;
import io.limiquantix.host.domain.PlacedDisk;
import io.limiquantix.host.inventory.DomainInventory;
import io.limiquantix.host.libvirt.Domains;
import io.limiquantix.host.libvirt.GuestAgent;
import io.limiquantix.host.libvirt.GuestAgent.Ending;
import io.limiquantix.host.libvirt.KeptMemories;
import io.limiquantix.host.libvirt.Networks;
import io.limiquantix.host.storage.ChainedVolumes;
import io.limiquantix.host.storage.OpenPools;
import io.limiquantix.host.storage.StorageFailures;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.storage.driver.DiskSource;
import io.limiquantix.storage.driver.ImageFormat;
import io.limiquantix.storage.driver.StoragePool;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Requests about domains. Each answers what libvirt says of the domain after it. */
final class DomainRequests {
    private static final Logger LOG = LoggerFactory.getLogger(DomainRequests.class);

    private final Domains domains;
    private final GuestAgent agent;
    private final DomainInventory inventory;
    private final Capabilities capabilities;
    private final OpenPools pools;
    private final ChainedVolumes volumes;
    private final KeptMemories memories;
    private final HostFolder folder;
    private final DirectIo directIo;
    private final Networks networks;

    DomainRequests(
            Domains domains,
            GuestAgent agent,
            DomainInventory inventory,
            Capabilities capabilities,
            OpenPools pools,
            ChainedVolumes volumes,
            KeptMemories memories,
            HostFolder folder,
            DirectIo directIo,
            Networks networks) {
        this.domains = domains;
        this.agent = agent;
        this.inventory = inventory;
        this.capabilities = capabilities;
        this.pools = pools;
        this.volumes = volumes;
        this.memories = memories;
        this.folder = folder;
        this.directIo = directIo;
        this.networks = networks;
    }

    void serve(HostRequests requests) {
        requests.perform(DomainApi.DEFINE, this::define);
        requests.perform(DomainApi.START, (r, c) -> after(r, c, volumes::start));
        requests.perform(DomainApi.SHUT_DOWN, this::shutDown);
        requests.performAtMostOnce(DomainApi.REBOOT, this::reboot, this::lookAfter);
        requests.perform(DomainApi.FORCE_STOP, (r, c) -> after(r, c, domains::forceStop));
        requests.performAtMostOnce(DomainApi.RESET, (r, c) -> make(r, c, domains::reset), this::lookAfter);
        requests.perform(DomainApi.PAUSE, (r, c) -> after(r, c, domains::pause));
        requests.perform(DomainApi.RESUME, (r, c) -> after(r, c, domains::resume));
        requests.perform(DomainApi.UNDEFINE, (r, c) -> after(r, c, this::undefine));
        requests.answer(DomainApi.GET, (r, c) -> inventory.look(r.vmId(), c.deadline()));
    }

    private interface Change {
        void make(UUID vmId, Instant deadline);
    }

    private DomainReport after(DomainApi.Domain request, Caller caller, Change change) {
        make(request, caller, change);
        return lookAfter(request, caller);
    }

    /** Whatever is asked for instead, the guest is not stopping any more. */
    private void make(DomainApi.Domain request, Caller caller, Change change) {
        change.make(request.vmId(), caller.deadline());
        inventory.stopNoLongerAsked(request.vmId());
    }

    private DomainReport lookAfter(DomainApi.Domain request, Caller caller) {
        return Certainty.afterChange(() -> inventory.look(request.vmId(), caller.deadline()));
    }

    private void undefine(UUID vmId, Instant deadline) {
        volumes.undefine(vmId, deadline);
        memories.forgetAll(vmId);
    }

    private DomainReport define(DomainApi.Define request, Caller caller) {
        DomainCheck.check(request.spec());
        DomainSpec spec = request.spec()
                .withNics(request.spec().nics().stream()
                        .map(nic -> NetworkRequests.settled(networks, nic, caller.deadline()))
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
        Accelerator accelerator = capabilities.get(caller.deadline()).accelerator();
        domains.define(
                spec,
                name -> new DomainPlace(
                        name,
                        accelerator,
                        MachineMemory.totalBytes(),
                        folder.serialSocket(spec.vmId()),
                        disks,
                        isos,
                        seed),
                caller.deadline());
        return lookAfter(new DomainApi.Domain(spec.vmId()), caller);
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

    private DomainReport shutDown(DomainApi.Domain request, Caller caller) {
        UUID vmId = request.vmId();
        PowerState state = stateBefore(vmId, caller);
        boolean runs = state == PowerState.RUNNING || state == PowerState.STOPPING;
        if (runs) {
            inventory.stopAsked(vmId);
        }
        if (runs && agent.end(vmId, Ending.SHUT_DOWN, caller.deadline())) {
            forgetReboot(vmId, caller.deadline());
        } else {
            domains.shutDown(vmId, caller.deadline());
        }
        return lookAfter(request, caller);
    }

    /**
     * A guest that did not heed an earlier reboot would be started again when it ends, unless its power button is pressed as
     * well: that is how libvirt learns that the guest is to stay off.
     */
    private void forgetReboot(UUID vmId, Instant deadline) {
        try {
            domains.shutDown(vmId, deadline);
        } catch (FailureException e) {
            LOG.info("the power button of {} could not be pressed; its agent ends it", vmId, e);
        }
    }

    private void reboot(DomainApi.Domain request, Caller caller) {
        UUID vmId = request.vmId();
        boolean told =
                stateBefore(vmId, caller) == PowerState.RUNNING && agent.end(vmId, Ending.REBOOT, caller.deadline());
        if (!told) {
            domains.reboot(vmId, caller.deadline());
        }
        inventory.stopNoLongerAsked(vmId);
    }

    private PowerState stateBefore(UUID vmId, Caller caller) {
        return Certainty.beforeChange(
                () -> inventory.look(vmId, caller.deadline()).state());
    }
}
