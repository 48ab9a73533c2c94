package io.limiquantix.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Page;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.ComputeApi.CreateVm;
import io.limiquantix.bus.compute.VmSpec;
import io.limiquantix.bus.compute.VmSpec.CdromSpec;
import io.limiquantix.bus.compute.VmSpec.DiskSpec;
import io.limiquantix.bus.compute.VmSpec.NicSpec;
import io.limiquantix.bus.compute.VmView;
import io.limiquantix.bus.host.DiskHardware;
import io.limiquantix.bus.host.DiskHardware.Cache;
import io.limiquantix.bus.host.DiskHardware.Discard;
import io.limiquantix.bus.host.DiskHardware.DiskBus;
import io.limiquantix.bus.host.DiskHardware.Limits;
import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.bus.host.MachineOffers;
import io.limiquantix.bus.host.MachineSpec;
import io.limiquantix.bus.host.MachineSpec.CpuTopology;
import io.limiquantix.bus.host.MachineSpec.Watchdog;
import io.limiquantix.bus.host.MachineSpec.WatchdogAction;
import io.limiquantix.bus.host.MachineSpec.WatchdogModel;
import io.limiquantix.bus.host.NicHardware;
import io.limiquantix.bus.images.OperatingSystem.Firmware;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a person says of a VM's hardware, folder and labels. */
class HardwareIT {
    private static final DiskHardware TUNED =
            new DiskHardware(DiskBus.SCSI, Cache.WRITEBACK, Discard.IGNORE, false, new Limits(1L, null, null, 4096L));

    private final World world = new World();
    private final ComputeProcess compute = ComputeProcess.start(world);

    @AfterEach
    void stop() {
        compute.close();
    }

    private VmSpec spec(String name, MachineSpec machine, List<DiskSpec> disks, List<CdromSpec> cdroms) {
        return new VmSpec(
                name,
                "",
                2,
                128L << 20,
                disks,
                List.of(),
                null,
                "team/web",
                Map.of("env", "test"),
                machine,
                cdroms,
                List.of(),
                null,
                null,
                null);
    }

    private VmSpec machine(MachineSpec machine) {
        return spec("m", machine, List.of(new DiskSpec(world.imageId, null, null)), List.of());
    }

    private TaskRef create(VmSpec spec) {
        return compute.create(new CreateVm(spec, null, false, false));
    }

    private void refused(String field, String why, VmSpec spec) {
        assertThatThrownBy(() -> create(spec)).isInstanceOfSatisfying(FailureException.class, e -> {
            assertThat(e.code()).isEqualTo(FailureCode.INVALID);
            assertThat(e.failure().details()).containsEntry("field", field);
            assertThat(e).hasMessageContaining(why);
        });
    }

    @Test
    void theHostIsToldAllOfIt() {
        UUID volume = world.freeVolume();
        MachineSpec machine = new MachineSpec(
                new CpuTopology(1, 2, 1),
                "x86-64-v2",
                Firmware.UEFI,
                true,
                true,
                new Watchdog(WatchdogModel.I6300ESB, WatchdogAction.PAUSE),
                null,
                true);
        NicHardware unplugged = new NicHardware(NicHardware.Model.E1000E, false);
        VmSpec spec = new VmSpec(
                "all",
                "",
                2,
                128L << 20,
                List.of(
                        new DiskSpec(world.imageId, 3L << 30, null, null, TUNED),
                        new DiskSpec(null, null, null, volume, null)),
                List.of(new NicSpec("default", "52:54:00:00:00:01", unplugged)),
                null,
                "team/web",
                Map.of("env", "test"),
                machine,
                List.of(new CdromSpec(world.isoId), new CdromSpec(null)),
                List.of("cdrom0", "nic0", "disk1"),
                null,
                null,
                null);
        TaskRef ref = create(spec);
        compute.succeeded(ref);
        DomainSpec told = Objects.requireNonNull(world.specs.get(ref.targetId()));
        assertThat(told.machine()).isEqualTo(machine);
        assertThat(told.bootOrder()).containsExactly("cdrom0", "nic0", "disk1");
        assertThat(told.disks()).extracting(DomainSpec.Disk::hardware).containsExactly(TUNED, DiskHardware.PLAIN);
        assertThat(told.disks().getLast().volumeId()).isEqualTo(volume);
        assertThat(told.nics())
                .containsExactly(new DomainSpec.Nic(
                        "default", "52:54:00:00:00:01", unplugged, new DomainSpec.SpoofProtection(List.of(), null)));
        assertThat(told.cdroms())
                .containsExactly(new DomainSpec.Cdrom(world.isoId, world.poolId), new DomainSpec.Cdrom(null, null));
        assertThat(world.brought).extracting(at -> at.imageId()).contains(world.isoId);
        VmView vm = compute.vm(ref.targetId());
        assertThat(vm.spec()).isEqualTo(spec);
        assertThat(vm.disks()).extracting(VmView.Disk::sizeBytes).containsExactly(3L << 30, 1L << 30);
    }

    @Test
    void aVolumeIsTakenAndStaysWhenTheVmGoes() {
        UUID volume = world.freeVolume();
        VmSpec spec = spec("v", MachineSpec.PLAIN, List.of(new DiskSpec(null, null, null, volume, null)), List.of());
        TaskRef ref = create(spec);
        compute.succeeded(ref);
        assertThat(world.volumes).containsEntry(volume, ref.targetId().toString());
        refused("disks[0].volumeId", "belongs to another VM", spec("w", MachineSpec.PLAIN, spec.disks(), List.of()));
        compute.succeeded(compute.delete(ref.targetId(), false, false));
        assertThat(world.volumes).containsEntry(volume, "nobody");
    }

    @Test
    void aVolumeIsGivenBackWhenTheCreationFails() {
        UUID volume = world.freeVolume();
        world.refusals.put("define", FailureException.of(FailureCode.HYPERVISOR, "No."));
        compute.failed(
                create(spec("v", MachineSpec.PLAIN, List.of(new DiskSpec(null, null, null, volume, null)), List.of())));
        assertThat(world.volumes).containsExactly(Map.entry(volume, "nobody"));
        assertThat(compute.all()).isEmpty();
    }

    @Test
    void whatCannotBeIsRefusedByItsField() {
        List<DiskSpec> disks = List.of(new DiskSpec(world.imageId, null, null));
        refused(
                "disks[0].volumeId",
                "There is no volume",
                spec("m", MachineSpec.PLAIN, List.of(new DiskSpec(null, null, null, Uuid7.next(), null)), List.of()));
        refused(
                "cdroms[0].imageId",
                "no ISO",
                spec("m", MachineSpec.PLAIN, disks, List.of(new CdromSpec(world.imageId))));
        refused(
                "disks[0].imageId",
                "CD-ROM drive",
                spec("m", MachineSpec.PLAIN, List.of(new DiskSpec(world.isoId, null, null)), List.of()));
        refused(
                "cpu.model",
                "there is no KVM",
                machine(new MachineSpec(null, "host-passthrough", Firmware.BIOS, false, false, null, null, false)));
        refused(
                "watchdog.model",
                "i6300esb",
                machine(new MachineSpec(
                        null,
                        null,
                        Firmware.BIOS,
                        false,
                        false,
                        new Watchdog(WatchdogModel.ITCO, WatchdogAction.NONE),
                        null,
                        false)));
        world.offers = new MachineOffers(false, false, false, List.of(), List.of());
        refused(
                "firmware",
                "ovmf",
                machine(new MachineSpec(null, null, Firmware.UEFI, false, false, null, null, false)));
        refused("tpm", "swtpm", machine(new MachineSpec(null, null, Firmware.BIOS, false, true, null, null, false)));
        world.offers = null;
        refused("tpm", "swtpm", machine(new MachineSpec(null, null, Firmware.BIOS, false, true, null, null, false)));
        assertThat(compute.all()).isEmpty();
        compute.succeeded(create(machine(MachineSpec.PLAIN)));
    }

    @Test
    void ofManyThatWantOneAddressOneGetsIt() throws InterruptedException, ExecutionException {
        NicSpec nic = new NicSpec("default", "52:54:00:00:00:07");
        List<Future<Boolean>> asked = new ArrayList<>();
        try (ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                VmSpec plain = compute.spec("vm-" + i);
                VmSpec spec = new VmSpec(plain.name(), "", 1, 128L << 20, plain.disks(), List.of(nic), null);
                asked.add(askers.submit(() -> accepted(spec)));
            }
        }
        int accepted = 0;
        for (Future<Boolean> each : asked) {
            accepted += each.get() ? 1 : 0;
        }
        assertThat(accepted).isEqualTo(1);
        assertThat(compute.all()).hasSize(1);
    }

    private boolean accepted(VmSpec spec) {
        try {
            create(spec);
            return true;
        } catch (FailureException e) {
            assertThat(e.failure().details()).containsEntry("field", "nics[0].mac");
            return false;
        }
    }

    @Test
    void listsAreByFolderAndLabel() {
        compute.succeeded(create(machine(MachineSpec.PLAIN)));
        compute.succeeded(compute.create("plain"));
        assertThat(names("team", null)).containsExactly("m");
        assertThat(names("team/web", null)).containsExactly("m");
        assertThat(names("tea", null)).isEmpty();
        assertThat(names("team/we%", null)).isEmpty();
        assertThat(names(null, "env")).containsExactly("m");
        assertThat(names(null, "env=test")).containsExactly("m");
        assertThat(names(null, "env=tes")).isEmpty();
        assertThat(names(null, null)).containsExactly("m", "plain");
    }

    private List<String> names(@Nullable String folder, @Nullable String label) {
        var wish = new ComputeApi.ListVms(Page.FIRST, null, folder, label);
        return compute.plane.bus().request(ComputeApi.LIST, wish, TestControlPlane.caller()).items().stream()
                .map(vm -> vm.spec().name())
                .toList();
    }

    @Test
    void itIsKnownWhoHasAnIso() {
        compute.succeeded(create(spec(
                "installed",
                MachineSpec.PLAIN,
                List.of(new DiskSpec(null, 1L << 30, null)),
                List.of(new CdromSpec(world.isoId)))));
        assertThat(users(world.isoId, null, null)).containsExactly("installed");
        assertThat(users(world.isoId, world.poolId, world.hostId)).containsExactly("installed");
        assertThat(users(world.isoId, world.poolId, Uuid7.next())).isEmpty();
        assertThat(users(world.isoId, Uuid7.next(), null)).isEmpty();
        assertThat(users(world.imageId, null, null)).isEmpty();
        DomainSpec told = world.specs.values().iterator().next();
        assertThat(told.bootOrder()).containsExactly("cdrom0", "disk0");
    }

    private List<String> users(UUID image, @Nullable UUID pool, @Nullable UUID host) {
        return compute.plane
                .bus()
                .request(ComputeApi.LIST_ISO_USES, new ComputeApi.IsoUses(image, pool, host), TestControlPlane.caller())
                .names();
    }
}
