package io.limiquantix.storage;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.host.ApplianceHardware;
import io.limiquantix.bus.host.HostTransferApi;
import io.limiquantix.bus.host.HostTransferApi.DiskBytes;
import io.limiquantix.bus.images.Appliance;
import io.limiquantix.bus.images.ImageView;
import io.limiquantix.bus.images.ImagesApi;
import io.limiquantix.bus.storage.ExportOrigin;
import io.limiquantix.bus.storage.ExportView;
import io.limiquantix.bus.storage.PoolView;
import io.limiquantix.bus.storage.TransferApi;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.tasks.LongWork;
import io.limiquantix.runtime.tasks.Submission;
import io.limiquantix.runtime.tasks.TaskKind;
import io.limiquantix.runtime.tasks.TaskRun;
import io.limiquantix.runtime.tasks.Tasks;
import io.limiquantix.storage.ExportMaking.File;
import io.limiquantix.storage.ExportMaking.Made;
import io.limiquantix.storage.ExportStore.NewExport;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Files of images that people ask for, as durable tasks. */
final class ImageExportTasks {
    private static final String OVA = "ova";
    private static final String ISO = "iso";

    private final Database database;
    private final Bus bus;
    private final Tasks tasks;
    private final ExportMaking making;
    private final PoolStore pools = new PoolStore();
    private final ExportStore store = new ExportStore();
    private final TaskKind<Input> kind = new TaskKind<>("image.export", Input.class, this::run);

    ImageExportTasks(Database database, Bus bus, Tasks tasks, ExportMaking making) {
        this.database = database;
        this.bus = bus;
        this.tasks = tasks;
        this.making = making;
    }

    /**
     * An export to be made.
     *
     * @param hardware of the machine that it becomes, absent for a disk alone
     * @param disks of that, or the one disk
     */
    record Input(
            UUID exportId,
            UUID hostId,
            String format,
            @Nullable ApplianceHardware hardware,
            String description,
            List<DiskBytes> disks) {
        Input {
            disks = List.copyOf(disks);
        }

        private File file() {
            return new File(exportId, hostId);
        }
    }

    void register() {
        tasks.register(kind);
    }

    TaskRef submit(TransferApi.ExportImage request, Caller caller) {
        Optional<TaskRef> earlier = database.transaction(tx -> tasks.submitted(tx, caller.operationId()));
        if (earlier.isPresent()) {
            return earlier.get();
        }
        ImageView image = image(request.imageId(), caller);
        requireFormat(image, request.format());
        Input input = plan(image, request.format(), caller);
        return database.transaction(
                tx -> tasks.submitted(tx, caller.operationId()).orElseGet(() -> begin(tx, image, input, caller)));
    }

    private ImageView image(UUID id, Caller caller) {
        return bus.request(ImagesApi.GET, new ImagesApi.Image(id), caller);
    }

    private static void requireFormat(ImageView image, String format) {
        if (!image.state().isUsable()) {
            throw FailureException.conflict(
                    "The image " + image.name() + " is not ready, so there is nothing to export yet.");
        }
        boolean isIso = image.format().equals(ISO);
        if (isIso != format.equals(ISO)) {
            throw FailureException.invalid(
                    "format",
                    isIso
                            ? "The image " + image.name() + " is an ISO, which is given only as it is: choose iso."
                            : "The image " + image.name() + " is no ISO: choose qcow2, raw or ova.");
        }
        if (image.format().equals(OVA) && !format.equals(OVA)) {
            throw FailureException.invalid(
                    "format",
                    "The image " + image.name() + " is an appliance, a whole machine: choose ova, or export the images"
                            + " of its disks.");
        }
    }

    private Input plan(ImageView image, String format, Caller caller) {
        Appliance appliance = image.appliance();
        List<ImageView> images = appliance == null
                ? List.of(image)
                : appliance.disks().stream()
                        .flatMap(disk -> Optional.ofNullable(disk.imageId()).stream())
                        .map(id -> image(id, caller))
                        .toList();
        ApplianceHardware hardware = null;
        if (format.equals(OVA)) {
            hardware = appliance == null ? ExportedMachine.of(image) : ExportedMachine.of(image, appliance);
        }
        ImagePlace place = images.isEmpty() ? nowhere(image) : place(image, images);
        List<DiskBytes> bytes = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            bytes.add(DiskBytes.ofImage(place.pools().get(i), images.get(i).id()));
        }
        return new Input(
                Uuid7.next(),
                place.hostId(),
                format,
                hardware,
                image.description(),
                appliance == null ? bytes : withEmpty(appliance, bytes));
    }

    private ImagePlace place(ImageView image, List<ImageView> images) {
        List<PoolView> all = database.transaction(pools::all);
        return ImagePlace.of("The image " + image.name(), images, all);
    }

    private static ImagePlace nowhere(ImageView image) {
        throw FailureException.conflict(
                "The appliance " + image.name() + " has no disk with anything on it, so there is nothing to export.");
    }

    private static List<DiskBytes> withEmpty(Appliance appliance, List<DiskBytes> bytes) {
        Iterator<DiskBytes> next = bytes.iterator();
        return appliance.disks().stream()
                .map(disk -> disk.imageId() == null ? DiskBytes.NOTHING : next.next())
                .toList();
    }

    private TaskRef begin(Transaction tx, ImageView image, Input input, Caller caller) {
        var origin = new ExportOrigin(ExportOrigin.Kind.IMAGE, image.id());
        String fileName = image.name() + "." + input.format();
        store.insert(tx, new NewExport(input.exportId(), origin, null, null, fileName, input.format(), input.hostId()));
        return tasks.submit(
                tx,
                new Submission<>(
                        kind,
                        input,
                        caller.operationId(),
                        caller.actor(),
                        ExportTasks.TARGET,
                        input.exportId(),
                        image.name()));
    }

    private void run(Input input, TaskRun run) {
        run.step("export", ExportView.class)
                .progress(ExportMaking.ENDS)
                .patience(ExportMaking.PATIENCE)
                .orUndo(caller -> make(input, run, caller), caller -> making.takeBack(input.file(), caller));
    }

    private ExportView make(Input input, TaskRun run, Caller caller) {
        return making.make(input.file(), new LongWork(run, 0, ExportMaking.ENDS), asking -> ask(input, asking), caller);
    }

    private Made ask(Input input, Caller asking) {
        if (input.hardware() != null) {
            var request = new HostTransferApi.ExportAppliance(
                    input.exportId(), input.hardware(), input.description(), input.disks());
            return Made.of(bus.request(HostTransferApi.EXPORT_APPLIANCE.at(input.hostId()), request, asking));
        }
        DiskBytes disk = input.disks().getFirst();
        var request = new HostTransferApi.ExportImage(
                input.exportId(), required(disk.poolId()), required(disk.imageId()), input.format());
        HostTransferApi.ImageFile file = bus.request(HostTransferApi.EXPORT_IMAGE.at(input.hostId()), request, asking);
        return new Made(file.bytes(), file.sha256());
    }

    private static UUID required(@Nullable UUID id) {
        return Optional.ofNullable(id).orElseThrow();
    }
}
