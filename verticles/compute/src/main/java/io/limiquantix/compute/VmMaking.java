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
import io.limiquantix.runtime.tasks.TaskRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The steps by which a VM comes to be, beside its own disks. Each step's undo takes back what the step did. */
final class VmMaking {
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

    VmMaking(
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

    /** What a domain needs to know of a volume. */
    record MadeDisk(UUID volumeId, UUID poolId, String path, String format, boolean shareable) {}

    record MadeSeed(@Nullable String path) {}

    Optional<StoredVm> find(UUID id) {
        return database.transaction(tx -> vms.find(tx, id));
    }

    /** The first step, whose undo is the last one. */
    void accept(StoredVm vm, @Nullable String remark, TaskRun run) {
        run.step("accept", Nothing.class).orUndo(caller -> remark(remark, run), caller -> forget(vm));
    }

    private static Nothing remark(@Nullable String remark, TaskRun run) {
        if (remark != null) {
            remark.lines().forEach(run::log);
        }
        return Nothing.NOTHING;
    }

    private void forget(StoredVm vm) {
        database.run(tx -> vms.remove(tx, vm.id()));
    }

    UUID place(StoredVm vm, @Nullable UUID chosen, HostSet hosts, @Nullable HostSet preferred, TaskRun run) {
        var wish = new SchedulerApi.Reserve(
                vm.id(),
                vm.spec().vcpus(),
                vm.spec().memoryBytes(),
                database.transaction(tx -> nicNetworks.ofHosts(tx, vm.nics())),
                chosen,
                hosts,
                preferred);
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

    void bringImages(StoredVm vm, UUID hostId, TaskRun run) {
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

    /** It is the VM's before anything else is done with it, so that nobody else can get it. */
    MadeDisk take(StoredVm vm, int index, UUID hostId, TaskRun run) {
        UUID volumeId = vm.disks().get(index).volumeId();
        return run.step("take disk " + (index + 1), MadeDisk.class)
                .progress(disksMade(vm, index + 1))
                .orUndo(
                        caller -> made(bus.request(
                                StorageApi.ATTACH_VOLUME,
                                new StorageApi.AttachVolume(volumeId, vm.id(), hostId, false),
                                caller)),
                        caller -> bus.request(
                                StorageApi.RELEASE_VOLUME, new StorageApi.VolumeOfVm(volumeId, vm.id()), caller));
    }

    /** @param count how many disks are made by then */
    static int disksMade(StoredVm vm, int count) {
        return BROUGHT + (DISKS_MADE - BROUGHT) * count / vm.disks().size();
    }

    /** A new volume; how it begins is said by the wish. */
    MadeDisk provision(StoredVm vm, int index, StorageApi.ProvisionVolume wish, TaskRun run) {
        return run.step("make disk " + (index + 1), MadeDisk.class)
                .progress(disksMade(vm, index + 1))
                .patience(DISK_PATIENCE)
                .orUndo(
                        caller -> made(bus.request(StorageApi.PROVISION_VOLUME, wish, caller.within(DISK_ANSWER))),
                        caller ->
                                bus.request(StorageApi.DISCARD_VOLUME, new StorageApi.Volume(wish.volumeId()), caller));
    }

    static MadeDisk made(VolumeView volume) {
        return new MadeDisk(
                volume.id(),
                volume.poolId(),
                Objects.requireNonNull(volume.path(), "a volume that was made has a path"),
                volume.format(),
                volume.shareable());
    }

    MadeSeed seed(StoredVm vm, UUID hostId, TaskRun run) {
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

    void define(StoredVm vm, UUID hostId, List<MadeDisk> disks, MadeSeed seed, TaskRun run) {
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

    void start(StoredVm vm, UUID hostId, TaskRun run) {
        run.step("start", DomainReport.class)
                .progress(STARTED)
                .run(caller -> bus.request(DomainApi.START.at(hostId), domain(vm), caller));
    }

    /** From here on the VM stays. */
    AgentWait.Began ready(StoredVm vm, UUID hostId, TaskRun run) {
        run.pointOfNoReturn();
        AgentWait.Began ready =
                run.step("ready", AgentWait.Began.class).progress(READY).run(caller -> ready(vm, hostId, caller));
        run.settle();
        return ready;
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
