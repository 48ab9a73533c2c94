package io.limiquantix.compute;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.DiskHardware;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DriftApi;
import io.limiquantix.bus.host.UnmanagedDomain;
import io.limiquantix.runtime.bus.Bus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What others did on the host with libvirt's own tools. */
final class FakeStrangers {
    /** The domains that they defined. */
    final List<UnmanagedDomain> domains = new CopyOnWriteArrayList<>();

    /** How our domains are defined otherwise than expected, until what is not ours is taken out. */
    final List<DriftApi.Difference> drift = new CopyOnWriteArrayList<>();

    /** Those of them that come again at once. */
    final List<DriftApi.Difference> stubborn = new CopyOnWriteArrayList<>();

    final Map<UUID, DriftApi.Expected> expected = new ConcurrentHashMap<>();
    final List<UUID> takenOut = new CopyOnWriteArrayList<>();

    final FakeAdoption adoption;
    private final World world;

    FakeStrangers(World world) {
        this.world = world;
        this.adoption = new FakeAdoption(world);
    }

    void serve(Bus bus) {
        UUID hostId = world.hostId;
        adoption.serve(bus);
        bus.serve(DriftApi.LOOK, hostId, (q, caller) -> {
            expected.put(q.machine().vmId(), q);
            return new DriftApi.Drift(
                    drift.stream().filter(one -> !isExpected(one, q)).toList());
        });
        bus.serve(
                DriftApi.TAKE_OUT,
                hostId,
                (q, caller) -> world.nothing(
                        "take out", () -> takenOut.add(q.machine().vmId()) && drift.retainAll(List.copyOf(stubborn))));
        bus.serve(DomainApi.LIST_UNMANAGED, hostId, (q, caller) -> {
            FailureException refusal = world.refusals.get("list unmanaged");
            if (refusal != null) {
                throw refusal;
            }
            return new DomainApi.UnmanagedDomains(domains, false);
        });
    }

    /** Whether it is what the domain is to have by now, for what tests have others change. */
    private static boolean isExpected(DriftApi.Difference one, DriftApi.Expected now) {
        return switch (one.field()) {
            case "vcpus" -> one.found().equals(Integer.toString(now.machine().vcpus()));
            case "memoryBytes" -> one.found().equals(Long.toString(now.machine().memoryBytes()));
            case "disks.vda.bus", "disks.vda.cache", "disks.vda.readIops", "disks.vda.writeBytesPerSecond" ->
                one.found()
                        .equalsIgnoreCase(of(one.field(), now.disks().getFirst().hardware()));
            case "bootOrder" ->
                now.machine().boot().size() == 2
                        && now.machine().boot().getFirst().mac() != null;
            default ->
                now.nics().stream()
                        .anyMatch(nic -> one.field().equals("nics." + nic.mac() + ".link")
                                && nic.hardware().linkUp() == one.found().equals("up"));
        };
    }

    private static String of(String field, DiskHardware hardware) {
        Optional<DiskHardware.Limits> limits = Optional.ofNullable(hardware.limits());
        return switch (field.substring(field.lastIndexOf('.') + 1)) {
            case "bus" -> hardware.bus().name();
            case "cache" -> hardware.cache().name();
            case "readIops" -> limits.map(most -> most.readIops() + "").orElse("");
            default -> limits.map(most -> most.writeBytesPerSecond() + "").orElse("");
        };
    }
}
