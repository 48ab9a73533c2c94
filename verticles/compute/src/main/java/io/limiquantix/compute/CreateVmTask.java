package io.limiquantix.compute;

import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.compute.GuestSetup;
import io.limiquantix.bus.compute.VmView.Cdrom;
import io.limiquantix.bus.compute.VmView.Disk;
import io.limiquantix.bus.compute.VmView.Phase;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainReport;
import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.bus.host.HostStorageApi;
import io.limiquantix.bus.images.ImagesApi.ImageAt;
import io.limiquantix.bus.scheduler.SchedulerApi;
import io.limiquantix.bus.scheduler.SchedulerApi.HostSet;
import io.limiquantix.bus.scheduler.SchedulerApi.Reservation;
import io.limiquantix.bus.storage.StorageApi;
import io.limiquantix.bus.storage.VolumeView;
import io.limiquantix.compute.network.NicNetworks;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.images.ImageBringing;
import io.limiquantix.runtime.tasks.TaskKind;
import io.limiquantix.runtime.tasks.TaskRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes a VM. Each step's undo takes back what the step did, so that a creation that fails leaves nothing. */
final class CreateVmTask {
    private static final int PLACED = 5;
    private static final int BROUGHT = 30;
    private static final int DISKS_MADE = 60;
    private static final int SEED_MADE = 65;
    private static final int DEFINED = 75;
    private static final int STARTED = 90;
    private static final int READY = 95;
    private static final Duration DISK_ANSWER = Duration.ofMinutes(2);
    private static final Duration DISK_PATIENCE = Duration.ofMinutes(30);
    /** Beside the time that the copy takes, which is not limited as long as it goes on. */
    private static final Duration IMAGE_PATIENCE = Duration.ofHours(6);

    private final Database database;
    private final Bus bus;
    private final VmStore vms;
    private final Reconciler reconciler;
    private final AgentWait agentWait;
    private final ImageBringing images;
    private final SealedUserData userData;
    private final NicNetworks nicNetworks;

    CreateVmTask(
            Database database,
            Bus bus,
            VmStore vms,
            Reconciler reconciler,
            AgentWait agentWait,
            SealedUserData userData,
            NicNetworks nicNetworks) {
        this.nicNetworks = nicNetworks;
        this.database = database;
        this.bus = bus;
        this.vms = vms;
        this.reconciler = reconciler;
        this.agentWait = agentWait;
        this.userData = userData;
        this.images = new ImageBringing(bus, "compute");
    }

    /**
     * @param hostId the host that the user chose
     * @param hosts those that reach all disks' pools
     * @param preferred those of them that have the images there already; absent in what an earlier version wrote
     * @param remark what the user is to know of the wish, in the task's log
     */
    record Input(
            UUID vmId,
            @Nullable UUID hostId,
            HostSet hosts,
            @Nullable HostSet preferred,
            boolean start,
            boolean waitForAgent,
            @Nullable String remark) {}

    /** What a domain needs to know of a volume. */
    record MadeDisk(UUID volumeId, UUID poolId, String path, String format, boolean shareable) {}

    record MadeSeed(@Nullable String path) {}

    TaskKind<Input> kind() {
        return new TaskKind<>(VmTaskNames.CREATE, Input.class, this::run);
    }

    private void run(Input input, TaskRun run) {
        var stored = database.transaction(tx -> vms.find(tx, input.vmId()));
        if (stored.isEmpty()) {
            // Taking back its creation has come as far as that.
            return;
        }
        StoredVm vm = stored.get();
        run.step("accept", Nothing.class).orUndo(caller -> remark(input, run), caller -> forget(vm));
        UUID hostId = place(input, vm, run);
        bringImages(vm, hostId, run);
        List<MadeDisk> disks = new ArrayList<>();
        for (int i = 0; i < vm.disks().size(); i++) {
            disks.add(disk(vm, i, hostId, run));
        }
        MadeSeed seed = seed(vm, hostId, run);
        define(vm, hostId, disks, seed, run);
        if (input.start()) {
            run.step("start", DomainReport.class)
                    .progress(STARTED)
                    .run(caller -> bus.request(DomainApi.START.at(hostId), domain(vm), caller));
        }
        run.pointOfNoReturn();
        AgentWait.Began ready =
                run.step("ready", AgentWait.Began.class).progress(READY).run(caller -> ready(vm, hostId, caller));
        run.settle();
        if (input.waitForAgent()) {
            agentWait.run(vm, hostId, ready, run);
        }
    }

    private static Nothing remark(Input input, TaskRun run) {
        @Nullable String remark = input.remark();
        if (remark != null) {
            run.log(remark);
        }
        return Nothing.NOTHING;
    }

    private void forget(StoredVm vm) {
        database.run(tx -> vms.remove(tx, vm.id()));
    }

    private UUID place(Input input, StoredVm vm, TaskRun run) {
        var wish = new SchedulerApi.Reserve(
                vm.id(),
                vm.spec().vcpus(),
                vm.spec().memoryBytes(),
                database.transaction(tx -> nicNetworks.ofHosts(tx, vm.nics())),
                input.hostId(),
                input.hosts(),
                input.preferred());
        return run.step("reserve a place", Reservation.class)
                .progress(PLACED)
                .orUndo(
                        caller -> {
                            Reservation place = bus.request(SchedulerApi.RESERVE, wish, caller);
                            database.run(tx -> vms.placeOn(tx, vm.id(), place.hostId()));
                            return place;
                        },
                        caller -> bus.request(SchedulerApi.RELEASE, new SchedulerApi.Release(vm.id()), caller))
                .hostId();
    }

    private void bringImages(StoredVm vm, UUID hostId, TaskRun run) {
        List<ImageAt> wanted = wanted(vm, hostId);
        for (int i = 0; i < wanted.size(); i++) {
            ImageAt image = wanted.get(i);
            int from = PLACED + (BROUGHT - PLACED) * i / wanted.size();
            int to = PLACED + (BROUGHT - PLACED) * (i + 1) / wanted.size();
            run.step("bring image " + (i + 1), Nothing.class)
                    .progress(to)
                    .patience(IMAGE_PATIENCE)
                    .run(caller -> images.await(image, from, to, run, caller));
        }
    }

    private static List<ImageAt> wanted(StoredVm vm, UUID hostId) {
        List<ImageAt> wanted = new ArrayList<>();
        for (Disk disk : vm.disks()) {
            if (disk.imageId() != null) {
                wanted.add(new ImageAt(disk.imageId(), disk.poolId(), hostId));
            }
        }
        for (Cdrom cdrom : vm.cdroms()) {
            if (cdrom.imageId() != null && cdrom.poolId() != null) {
                wanted.add(new ImageAt(cdrom.imageId(), cdrom.poolId(), hostId));
            }
        }
        return wanted.stream().distinct().toList();
    }

    private MadeDisk disk(StoredVm vm, int index, UUID hostId, TaskRun run) {
        Disk disk = vm.disks().get(index);
        return disk.attached() ? take(vm, index, hostId, run) : make(vm, index, hostId, run);
    }

    /** It is the VM's before anything else is done with it, so that nobody else can get it. */
    private MadeDisk take(StoredVm vm, int index, UUID hostId, TaskRun run) {
        UUID volumeId = vm.disks().get(index).volumeId();
        return run.step("take disk " + (index + 1), MadeDisk.class)
                .progress(disksMade(vm, index))
                .orUndo(
                        caller -> made(bus.request(
                                StorageApi.ATTACH_VOLUME,
                                new StorageApi.AttachVolume(volumeId, vm.id(), hostId, false),
                                caller)),
                        caller -> bus.request(
                                StorageApi.RELEASE_VOLUME, new StorageApi.VolumeOfVm(volumeId, vm.id()), caller));
    }

    private static int disksMade(StoredVm vm, int index) {
        return BROUGHT + (DISKS_MADE - BROUGHT) * (index + 1) / vm.disks().size();
    }

    private MadeDisk make(StoredVm vm, int index, UUID hostId, TaskRun run) {
        Disk disk = vm.disks().get(index);
        var wish = StorageApi.ProvisionVolume.ofImage(
                disk.volumeId(),
                disk.poolId(),
                hostId,
                vm.name() + "-" + (index + 1),
                disk.sizeBytes(),
                disk.imageId(),
                vm.id());
        return run.step("make disk " + (index + 1), MadeDisk.class)
                .progress(disksMade(vm, index))
                .patience(DISK_PATIENCE)
                .orUndo(
                        caller -> made(bus.request(StorageApi.PROVISION_VOLUME, wish, caller.within(DISK_ANSWER))),
                        caller ->
                                bus.request(StorageApi.DISCARD_VOLUME, new StorageApi.Volume(disk.volumeId()), caller));
    }

    private static MadeDisk made(VolumeView volume) {
        return new MadeDisk(
                volume.id(),
                volume.poolId(),
                Objects.requireNonNull(volume.path(), "a volume that was made has a path"),
                volume.format(),
                volume.shareable());
    }

    private MadeSeed seed(StoredVm vm, UUID hostId, TaskRun run) {
        Optional<GuestSetup> setup = vm.spec().setup();
        if (setup.isEmpty()) {
            return new MadeSeed(null);
        }
        HostStorageApi.MakeSeed request = SeedOfVm.of(vm, userData.open(setup.get()));
        return run.step("make the cloud-init seed", MadeSeed.class)
                .progress(SEED_MADE)
                .orUndo(
                        caller -> new MadeSeed(bus.request(HostStorageApi.MAKE_SEED.at(hostId), request, caller)
                                .path()),
                        caller -> bus.request(HostStorageApi.DELETE_SEED.at(hostId), domain(vm), caller));
    }

    private void define(StoredVm vm, UUID hostId, List<MadeDisk> disks, MadeSeed seed, TaskRun run) {
        run.step("define the domain", DomainReport.class)
                .progress(DEFINED)
                .orUndo(
                        caller -> bus.request(
                                DomainApi.DEFINE.at(hostId),
                                new DomainApi.Define(DomainOfVm.of(vm, disks, nics(vm, hostId), seed.path())),
                                caller),
                        caller -> bus.request(DomainApi.UNDEFINE.at(hostId), domain(vm), caller));
    }

    /** The host may have lost a network since it was chosen. */
    private List<DomainSpec.Nic> nics(StoredVm vm, UUID hostId) {
        return database.transaction(tx -> {
            nicNetworks.requireAssigned(tx, vm.nics(), hostId);
            return nicNetworks.domainNics(tx, vm.nics(), vm.spec().cloudInit());
        });
    }

    /** Asks once more how the domain is, so that whoever sees the task's end sees the VM as it is then. */
    private AgentWait.Began ready(StoredVm vm, UUID hostId, Caller caller) {
        reconciler.answered(hostId, bus.request(DomainApi.GET.at(hostId), domain(vm), caller));
        database.run(tx -> vms.enter(tx, vm.id(), Phase.READY, null));
        return agentWait.begin();
    }

    private static DomainApi.Domain domain(StoredVm vm) {
        return new DomainApi.Domain(vm.id());
    }
}
