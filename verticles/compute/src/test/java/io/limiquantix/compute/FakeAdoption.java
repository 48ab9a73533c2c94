package io.limiquantix.compute;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.DiskHardware;
import io.limiquantix.bus.host.DiskHardware.Cache;
import io.limiquantix.bus.host.DiskHardware.Discard;
import io.limiquantix.bus.host.DiskHardware.DiskBus;
import io.limiquantix.bus.host.HostAdoptionApi;
import io.limiquantix.bus.host.HostAdoptionApi.Adopt;
import io.limiquantix.bus.host.HostAdoptionApi.Adoptable;
import io.limiquantix.bus.host.MachineSpec;
import io.limiquantix.bus.host.NicHardware;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.bus.storage.TakeoverApi;
import io.limiquantix.runtime.bus.Bus;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Domains of the host that become VMs, and VMs that become domains of nobody. */
final class FakeAdoption {
    static final DiskHardware HARDWARE = new DiskHardware(DiskBus.SATA, Cache.WRITEBACK, Discard.IGNORE, false, null);

    /** What they would be. */
    final Map<UUID, Adoptable> adoptable = new ConcurrentHashMap<>();

    final Map<UUID, Adopt> adopted = new ConcurrentHashMap<>();
    final Map<UUID, TakeoverApi.TakeOver> taken = new ConcurrentHashMap<>();

    private final World world;

    FakeAdoption(World world) {
        this.world = world;
    }

    void serve(Bus bus) {
        UUID hostId = world.hostId;
        bus.serve(HostAdoptionApi.READ, hostId, (q, caller) -> {
            Adoptable found = adoptable.get(q.vmId());
            if (found == null) {
                throw FailureException.notFound("libvirt has no domain with the id " + q.vmId() + ".");
            }
            return found;
        });
        bus.serve(HostAdoptionApi.ADOPT, hostId, (q, caller) -> {
            UUID vmId = q.expected().machine().vmId();
            adopted.put(vmId, q);
            world.effect("adopt", () -> world.domains.putIfAbsent(vmId, PowerState.RUNNING) == null);
            return world.report(vmId, "");
        });
        bus.serve(HostAdoptionApi.RELEASE, hostId, (q, caller) -> {
            world.effect("release domain", () -> world.domains.remove(q.vmId()) != null);
            return world.report(q.vmId(), "");
        });
        bus.serve(TakeoverApi.TAKE_OVER, (q, caller) -> {
            world.effect(
                    "take over",
                    () -> world.volumes.putIfAbsent(q.volumeId(), q.vmId().toString()) == null);
            taken.put(q.volumeId(), q);
            world.copies.independent.add(q.volumeId());
            return FakeViews.volume(StorageApi.ProvisionVolume.ofImage(
                    q.volumeId(), q.poolId(), q.hostId(), q.name(), 1L << 30, null, q.vmId()));
        });
        bus.serve(
                TakeoverApi.LET_GO,
                (q, caller) -> world.nothing("let go", () -> world.volumes.remove(q.volumeId()) != null));
    }

    /** A domain with one disk, on this network of libvirt. */
    Adoptable domain(String name, String network, List<String> reasons) {
        UUID uuid = UUID.randomUUID();
        Adoptable found = new Adoptable(
                uuid,
                name,
                "made by hand",
                2,
                256L << 20,
                MachineSpec.PLAIN,
                List.of(new HostAdoptionApi.Disk(
                        "sda", "/srv/link.qcow2", "/srv/web.qcow2", "qcow2", 1L << 30, world.poolId, null, HARDWARE)),
                List.of(new HostAdoptionApi.Nic(
                        network, "52:54:00:aa:bb:%02x".formatted(adoptable.size()), NicHardware.PLAIN)),
                1,
                List.of("cdrom0", "disk0"),
                reasons);
        adoptable.put(uuid, found);
        return found;
    }
}
