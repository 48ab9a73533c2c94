package io.limiquantix.host.domain;

import io.limiquantix.bus.host.DiskHardware;
import io.limiquantix.bus.host.DiskHardware.Cache;
import io.limiquantix.bus.host.DiskHardware.Discard;
import io.limiquantix.bus.host.DiskHardware.DiskBus;
import io.limiquantix.bus.host.DiskHardware.Limits;
import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.bus.host.DomainSpec.Learning;
import io.limiquantix.bus.host.DomainSpec.SpoofProtection;
import io.limiquantix.bus.host.HostCapabilities.Accelerator;
import io.limiquantix.bus.host.MachineSpec;
import io.limiquantix.bus.host.MachineSpec.CpuTopology;
import io.limiquantix.bus.host.MachineSpec.Watchdog;
import io.limiquantix.bus.host.MachineSpec.WatchdogAction;
import io.limiquantix.bus.host.MachineSpec.WatchdogModel;
import io.limiquantix.bus.host.NicHardware;
import io.limiquantix.bus.host.NicHardware.Bandwidth;
import io.limiquantix.bus.images.OperatingSystem.Firmware;
import io.limiquantix.storage.driver.DiskSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Specifications as they may come, with texts that try to break out of their fields; the same seed makes the same ones. */
final class RandomSpecs {
    private static final List<String> HOSTILE = List.of(
            "</description><devices><disk/></devices><description>",
            "]]><![CDATA[",
            "<!-- -->",
            "&lt;&amp;&#0;",
            "\" onload='x'",
            "<?xml version='1.0'?>",
            "<!DOCTYPE x SYSTEM 'file:///etc/passwd'>",
            "\u202Eתירבע 😀 \u0085",
            "line\nline\ttab",
            "%n%s$(id)`id`",
            "");

    private static final List<Long> HOSTS_GIB = List.of(2L, 5L, 24L, 2048L);

    private final Random random;
    private final List<String> cpuModels;
    private final List<WatchdogModel> watchdogs;

    RandomSpecs(long seed, List<String> cpuModels, List<WatchdogModel> watchdogs) {
        this.random = new Random(seed);
        this.cpuModels = cpuModels;
        this.watchdogs = watchdogs;
    }

    private boolean chance() {
        return random.nextBoolean();
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private <E extends Enum<E>> E any(Class<E> type) {
        return any(List.of(type.getEnumConstants()));
    }

    private UUID id() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private String text() {
        return any(HOSTILE) + any(HOSTILE) + random.nextInt();
    }

    DomainSpec next() {
        List<DomainSpec.Disk> disks =
                IntStream.range(0, 1 + random.nextInt(8)).mapToObj(i -> disk()).toList();
        List<DomainSpec.Nic> nics =
                IntStream.range(0, random.nextInt(5)).mapToObj(i -> nic()).toList();
        List<DomainSpec.Cdrom> cdroms = IntStream.range(0, random.nextInt(5))
                .mapToObj(i -> chance() ? new DomainSpec.Cdrom(null, null) : new DomainSpec.Cdrom(id(), id()))
                .toList();
        MachineSpec machine = machine();
        CpuTopology topology = machine.topology();
        Integer said = machine.maxVcpus();
        int most = said != null
                ? said
                : topology == null
                        ? 1 + random.nextInt(16)
                        : topology.sockets() * topology.cores() * topology.threads();
        int vcpus = said == null ? most : 1 + random.nextInt(most);
        return new DomainSpec(
                id(),
                "vm-" + random.nextInt(1 << 30) + any(List.of(".a", "_b", "-c", "")),
                text(),
                "ab".repeat(32),
                vcpus,
                memoryMib() << 20,
                disks,
                nics,
                chance() ? "/seed" : null,
                machine,
                cdroms,
                bootOrder(disks.size(), nics.size(), cdroms.size()),
                null);
    }

    private long memoryMib() {
        return chance() ? 64L + random.nextInt(4096) : 64L + random.nextInt(600 << 10);
    }

    private MachineSpec machine() {
        Firmware firmware = any(Firmware.class);
        CpuTopology topology =
                chance() ? new CpuTopology(1 + random.nextInt(3), 1 + random.nextInt(4), 1 + random.nextInt(2)) : null;
        return new MachineSpec(
                topology,
                chance() ? any(cpuModels) : null,
                firmware,
                firmware == Firmware.UEFI && chance(),
                chance(),
                chance() ? new Watchdog(any(watchdogs), any(WatchdogAction.class)) : null,
                chance() ? most(topology) : null,
                chance());
    }

    private int most(@Nullable CpuTopology topology) {
        return topology == null ? 1 + random.nextInt(16) : topology.sockets() * topology.cores() * topology.threads();
    }

    /** The machine and description of one on the devices of the other. */
    DomainSpec edited(DomainSpec before, DomainSpec machine) {
        return new DomainSpec(
                before.vmId(),
                before.name(),
                machine.description(),
                "cd".repeat(32),
                machine.vcpus(),
                machine.memoryBytes(),
                before.disks(),
                before.nics(),
                before.seedPath(),
                machine.machine(),
                before.cdroms(),
                bootOrder(
                        before.disks().size(),
                        before.nics().size(),
                        before.cdroms().size()),
                before.seedKind());
    }

    private DomainSpec.Disk disk() {
        DiskBus bus = any(DiskBus.class);
        Limits limits = new Limits(limit(), limit(), limit(), limit());
        // Only what is raw can be shared.
        boolean shareable = random.nextInt(8) == 0;
        return new DomainSpec.Disk(
                id(),
                id(),
                "/pool/" + random.nextInt(),
                shareable ? "raw" : any(List.of("qcow2", "raw")),
                shareable,
                new DiskHardware(
                        bus,
                        any(Cache.class),
                        any(Discard.class),
                        bus == DiskBus.VIRTIO && chance(),
                        limits.none() ? null : limits));
    }

    private @Nullable Long limit() {
        return chance() ? null : Long.valueOf(1 + random.nextInt(1 << 30));
    }

    private DomainSpec.Nic nic() {
        String mac = "52:54:00:%02x:%02x:%02x".formatted(random.nextInt(256), random.nextInt(256), random.nextInt(256));
        NicHardware hardware = new NicHardware(
                any(NicHardware.Model.class), chance(), chance() ? null : new Bandwidth(kib(), kib()), null);
        return new DomainSpec.Nic("default", mac, hardware, chance() ? null : protection());
    }

    private @Nullable Long kib() {
        return chance() ? null : 1024L * (1 + random.nextInt(1 << 20));
    }

    private SpoofProtection protection() {
        return chance()
                ? new SpoofProtection(List.of(), any(Learning.class))
                : new SpoofProtection(List.of("192.0.2.7", "192.0.2.8"), null);
    }

    private List<String> bootOrder(int disks, int nics, int cdroms) {
        if (chance()) {
            return List.of();
        }
        List<String> all = new ArrayList<>(Stream.of(names("disk", disks), names("nic", nics), names("cdrom", cdroms))
                .flatMap(names -> names)
                .toList());
        Collections.shuffle(all, random);
        return all.subList(0, 1 + random.nextInt(all.size()));
    }

    private static Stream<String> names(String kind, int count) {
        return IntStream.range(0, count).mapToObj(i -> kind + i);
    }

    DomainPlace place(DomainSpec spec, String libvirtName, Accelerator accelerator) {
        Map<UUID, PlacedDisk> disks = new HashMap<>();
        for (DomainSpec.Disk disk : spec.disks()) {
            disks.put(disk.volumeId(), new PlacedDisk(source(), chance()));
        }
        Map<UUID, Path> isos = new HashMap<>();
        for (DomainSpec.Cdrom cdrom : spec.cdroms()) {
            if (cdrom.imageId() != null) {
                isos.put(cdrom.imageId(), Path.of("/isos/" + cdrom.imageId() + ".iso"));
            }
        }
        PlacedDisk seed =
                spec.seedPath() == null ? null : new PlacedDisk(new DiskSource.OfFile(Path.of("/seed")), true);
        return new DomainPlace(
                libvirtName, accelerator, any(HOSTS_GIB) << 30, Path.of("/run/serial.sock"), disks, isos, seed);
    }

    private DiskSource source() {
        return switch (random.nextInt(3)) {
            case 0 -> new DiskSource.OfFile(Path.of("/a folder/ü <&>'\" " + random.nextInt()));
            case 1 -> new DiskSource.OfDevice(Path.of("/dev/pool/" + random.nextInt()));
            default ->
                new DiskSource.OfRbd(
                        "pool/image-" + random.nextInt(),
                        List.of(new DiskSource.Monitor("192.0.2.1", 6789)),
                        "user",
                        id());
        };
    }
}
