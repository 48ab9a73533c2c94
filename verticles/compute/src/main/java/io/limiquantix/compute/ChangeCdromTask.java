package io.limiquantix.compute;

import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.compute.VmView.Cdrom;
import io.limiquantix.bus.host.DomainApi;
import io.limiquantix.bus.host.DomainReport;
import io.limiquantix.bus.host.DomainSpec;
import io.limiquantix.bus.images.ImagesApi.ImageAt;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.images.ImageBringing;
import io.limiquantix.runtime.tasks.TaskKind;
import io.limiquantix.runtime.tasks.TaskRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Puts an ISO into a CD-ROM drive, which it brings to the VM's host first, or takes it out. */
final class ChangeCdromTask {
    private static final Duration ANSWER = Duration.ofMinutes(1);
    private static final Duration IMAGE_PATIENCE = Duration.ofHours(6);
    private static final int BROUGHT = 60;
    private static final int CHANGED = 90;

    private final Database database;
    private final Bus bus;
    private final VmChanges changes;
    private final ImageBringing images;

    ChangeCdromTask(Database database, Bus bus, VmStore vms) {
        this.database = database;
        this.bus = bus;
        this.changes = new VmChanges(vms);
        this.images = new ImageBringing(bus, "compute");
    }

    /** @param before all drives, of which the one of this number is changed or, behind the last one, added */
    record Input(UUID vmId, UUID hostId, int drive, List<Cdrom> before, Cdrom after, boolean force) {
        Input {
            before = List.copyOf(before);
        }

        List<Cdrom> drives() {
            List<Cdrom> drives = new ArrayList<>(before);
            if (drive == before.size()) {
                drives.add(after);
            } else {
                drives.set(drive, after);
            }
            return drives;
        }
    }

    TaskKind<Input> kind() {
        return new TaskKind<>(VmTaskNames.CHANGE_CDROM, Input.class, this::run);
    }

    private void run(Input input, TaskRun run) {
        UUID image = input.after().imageId();
        UUID pool = input.after().poolId();
        // From here on nobody deletes the new one; the host guards the old one for as long as it is in the drive.
        run.step("keep the image", Nothing.class)
                .orUndo(caller -> note(input, input.drives()), caller -> note(input, input.before()));
        if (image != null && pool != null) {
            run.step("bring the image", Nothing.class)
                    .progress(BROUGHT)
                    .patience(IMAGE_PATIENCE)
                    .run(caller -> images.await(new ImageAt(image, pool, input.hostId()), 0, BROUGHT, run, caller));
        }
        run.step("change the medium", DomainReport.class)
                .progress(CHANGED)
                .orUndo(
                        caller -> change(input, input.drives(), input.force(), caller),
                        caller -> change(input, input.before(), true, caller));
    }

    private DomainReport change(Input input, List<Cdrom> drives, boolean force, Caller caller) {
        Cdrom drive = input.drive() < drives.size() ? drives.get(input.drive()) : new Cdrom(null, null);
        var wish = new DomainApi.ChangeMedium(
                input.vmId(),
                input.drive(),
                new DomainSpec.Cdrom(drive.imageId(), drive.poolId()),
                drives.size(),
                force);
        return bus.request(DomainApi.CHANGE_MEDIUM.at(input.hostId()), wish, caller.within(ANSWER));
    }

    private Nothing note(Input input, List<Cdrom> drives) {
        database.run(tx -> changes.setCdroms(tx, input.vmId(), drives));
        return Nothing.NOTHING;
    }
}
