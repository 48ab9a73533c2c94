package io.limiquantix.compute;

import io.limiquantix.bus.Actor;
import io.limiquantix.bus.host.HostReport;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.tasks.Submission;
import io.limiquantix.runtime.tasks.Tasks;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Begins to start the VMs of a host, once after each boot of it. */
final class HostBoots {
    static final String ACTOR = "autostart";

    private final Tasks tasks;
    private final VmStore vms;
    private final AutostartTask task;

    HostBoots(Tasks tasks, VmStore vms, AutostartTask task) {
        this.tasks = tasks;
        this.vms = vms;
        this.task = task;
    }

    /**
     * To be called with each report once, in the order of reports. The first boot that is seen of a host is no reason to start anything:
     * it may have gone on for long. While a task works on the host, the next report decides.
     */
    void heard(Transaction tx, HostReport report) {
        String now = report.bootId();
        if (now == null || report.hypervisorProblem() != null) {
            return;
        }
        Optional<String> before = tx.queryOne(
                "select boot_id from compute.host_boots where host_id = $1 for update",
                row -> row.text("boot_id"),
                report.hostId());
        boolean booted = before.isPresent() && !before.get().equals(now);
        if (!booted || begin(tx, report, now)) {
            note(tx, report.hostId(), now);
        }
    }

    private static void note(Transaction tx, UUID hostId, String bootId) {
        tx.update(
                "insert into compute.host_boots (host_id, boot_id) values ($1, $2) on conflict (host_id) do update"
                        + " set boot_id = excluded.boot_id where host_boots.boot_id <> excluded.boot_id",
                hostId,
                bootId);
    }

    /** False when it has to be tried again. */
    private boolean begin(Transaction tx, HostReport report, String bootId) {
        if (vms.startingWith(tx, report.hostId()).isEmpty()) {
            return true;
        }
        if (!tasks.activeOn(tx, List.of(report.hostId())).isEmpty()) {
            return false;
        }
        tasks.submit(
                tx,
                new Submission<>(
                        task.kind(),
                        new AutostartTask.Input(report.hostId()),
                        Uuid7.derived(report.hostId(), bootId),
                        Actor.platform(ACTOR),
                        "host",
                        report.hostId(),
                        report.name()));
        return true;
    }
}
