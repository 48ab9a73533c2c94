package io.limiquantix.compute;

import io.limiquantix.bus.compute.VmSpec;
import io.limiquantix.bus.compute.VmView.Cdrom;
import io.limiquantix.bus.compute.VmView.Disk;
import io.limiquantix.bus.compute.VmView.Nic;
import io.limiquantix.bus.compute.VmView.Phase;
import io.limiquantix.bus.compute.VmView.Template;
import io.limiquantix.bus.host.GuestReport;
import io.limiquantix.bus.host.PendingChange;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.compute.reconcile.Mark;
import io.limiquantix.compute.reconcile.Observed;
import io.limiquantix.runtime.database.Row;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A VM as it is stored.
 *
 * @param room what is kept for it while that is more than its spec says
 * @param template what it is as a template; absent: it is none
 */
record StoredVm(
        VmSpec spec,
        String digest,
        @Nullable UUID hostId,
        List<Disk> disks,
        List<Nic> nics,
        List<Cdrom> cdroms,
        @Nullable GuestReport guest,
        Observed observed,
        Instant createdAt,
        Instant changedAt,
        long version,
        @Nullable Room room,
        @Nullable Template template) {

    StoredVm {
        disks = List.copyOf(disks);
        nics = List.copyOf(nics);
        cdroms = List.copyOf(cdroms);
    }

    static StoredVm of(Row row) {
        return new StoredVm(
                row.json("spec", VmSpec.class),
                row.text("digest"),
                row.uuidOrNull("host_id"),
                List.of(row.json("disks", Disk[].class)),
                List.of(row.json("nics", Nic[].class)),
                List.of(row.json("cdroms", Cdrom[].class)),
                row.jsonOrNull("guest", GuestReport.class),
                observed(row),
                row.instant("created_at"),
                row.instant("changed_at"),
                row.number("version"),
                row.jsonOrNull("room", Room.class),
                template(row));
    }

    private static @Nullable Template template(Row row) {
        String family = row.textOrNull("template_family");
        return family == null
                ? null
                : new Template(
                        family,
                        (int) row.number("template_version"),
                        row.text("template_note"),
                        row.instant("template_since"));
    }

    static Observed observed(Row row) {
        return new Observed(
                row.uuid("id"),
                row.constant("phase", Phase.class),
                row.constant("power_state", PowerState.class),
                row.text("state_reason"),
                row.textOrNull("problem"),
                List.of(row.json("pending", PendingChange[].class)),
                new Mark(row.number("seen_process"), row.number("seen_sequence")));
    }

    /** What its host keeps for it. */
    Room held() {
        return room == null ? Room.of(spec) : room;
    }

    UUID id() {
        return observed.vmId();
    }

    String name() {
        return spec.name();
    }

    Phase phase() {
        return observed.phase();
    }

    PowerState powerState() {
        return observed.powerState();
    }
}
