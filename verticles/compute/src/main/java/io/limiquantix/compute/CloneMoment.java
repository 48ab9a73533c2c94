package io.limiquantix.compute;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.TaskRef;
import io.limiquantix.bus.compute.CloneApi.CloneVm;
import io.limiquantix.bus.compute.VmSnapshotView;
import io.limiquantix.bus.compute.VmSnapshotView.State;
import io.limiquantix.bus.compute.VmView.Phase;
import io.limiquantix.bus.compute.VmView.Template;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import io.limiquantix.runtime.id.Uuid7;
import io.limiquantix.runtime.tasks.Submission;
import io.limiquantix.runtime.tasks.Tasks;
import io.limiquantix.runtime.tasks.Tasks.ActiveTask;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The snapshot that clones are made from: one of the source's, or one that is made for them all. */
final class CloneMoment {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration SPARE = Duration.ofSeconds(2);
    private static final int SHORT_ID = 8;
    /** Of the source, which end by themselves: those are waited for. */
    private static final Set<String> SNAPSHOT_TASKS = Set.of(VmTaskNames.SNAPSHOT, VmTaskNames.DELETE_SNAPSHOT);

    private final Database database;
    private final Tasks tasks;
    private final VmStore vms;
    private final VmSnapshotStore store;
    private final SnapshotDisks disks;
    private final SnapshotVmTask task;

    CloneMoment(
            Database database,
            Tasks tasks,
            VmStore vms,
            VmSnapshotStore store,
            SnapshotDisks disks,
            SnapshotVmTask task) {
        this.database = database;
        this.tasks = tasks;
        this.vms = vms;
        this.store = store;
        this.disks = disks;
        this.task = task;
    }

    /**
     * A snapshot that is there, or is to be made.
     *
     * @param choice of the disks of one that is to be made; absent: it is there
     * @param name of one that is to be made
     */
    record Kept(
            UUID vmId,
            UUID snapshotId,
            List<VmSnapshotView.Disk> disks,
            SnapshotDisks.@Nullable Choice choice,
            String name,
            boolean quiesce) {
        Kept {
            disks = List.copyOf(disks);
        }
    }

    /** What is stored with it. */
    @FunctionalInterface
    interface Following<T> {
        T store(Transaction tx, @Nullable TaskRef keeping);
    }

    /** @throws FailureException {@code CONFLICT} with the reason why there can be none */
    Kept of(StoredVm source, CloneVm request, List<String> names, Caller caller) {
        UUID wanted = request.snapshotId();
        if (wanted != null) {
            VmSnapshotView snapshot = database.transaction(tx -> usable(tx, source, wanted));
            return new Kept(source.id(), wanted, snapshot.disks(), null, snapshot.name(), false);
        }
        VmDisks.requireReady(source);
        FormerNamesOfDisks.requireNone(source);
        SnapshotDisks.Choice choice = disks.of(source, caller);
        Optional<VmSnapshotView> before = database.transaction(tx -> keptBefore(tx, source, choice));
        if (before.isPresent()) {
            VmSnapshotView moment = before.get();
            return new Kept(source.id(), moment.id(), moment.disks(), null, moment.name(), false);
        }
        UUID id = Uuid7.next();
        String text = id.toString();
        String first = names.getFirst() + (names.size() > 1 ? " and others" : "");
        String name = "for the clone " + first + " (" + text.substring(text.length() - SHORT_ID) + ")";
        return new Kept(source.id(), id, choice.disks(), choice, name, request.quiesce());
    }

    /** What a template holds is kept once for all that is deployed from it, as it does not change. */
    private Optional<VmSnapshotView> keptBefore(Transaction tx, StoredVm source, SnapshotDisks.Choice choice) {
        Template template = source.template();
        if (template == null) {
            return Optional.empty();
        }
        Set<UUID> wanted = volumes(choice.disks());
        return store.list(tx, source.id()).reversed().stream()
                .filter(each -> each.forClones()
                        && each.state() == State.READY
                        && !each.createdAt().isBefore(template.since())
                        && volumes(each.disks()).equals(wanted))
                .findFirst();
    }

    private static Set<UUID> volumes(List<VmSnapshotView.Disk> disks) {
        return disks.stream().map(VmSnapshotView.Disk::volumeId).collect(Collectors.toUnmodifiableSet());
    }

    private VmSnapshotView usable(Transaction tx, StoredVm source, UUID snapshotId) {
        if (source.phase() != Phase.READY) {
            VmDisks.requireReady(source);
        }
        VmSnapshotView snapshot = store.get(tx, source.id(), snapshotId);
        if (snapshot.state() != State.READY) {
            throw FailureException.conflict("The snapshot " + snapshot.name() + " of " + source.name()
                    + " is being made or deleted; take another one.");
        }
        return snapshot;
    }

    /** The task that the same request began before. */
    Optional<TaskRef> begunBy(Transaction tx, Caller caller) {
        return tasks.submitted(tx, part(caller).operationId());
    }

    private static Caller part(Caller caller) {
        return caller.part("keep the source");
    }

    /** Begins to make it, in one transaction with what follows; waits while another snapshot of the source is made or deleted. */
    <T> T store(Kept kept, Caller caller, Following<T> following) {
        Instant end = caller.deadline().minus(SPARE);
        while (true) {
            Optional<T> stored = database.transaction(tx -> attempt(tx, kept, caller, end, following));
            if (stored.isPresent()) {
                return stored.get();
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private <T> Optional<T> attempt(Transaction tx, Kept kept, Caller caller, Instant end, Following<T> following) {
        StoredVm source = vms.lock(tx, kept.vmId());
        if (kept.choice() == null) {
            usable(tx, source, kept.snapshotId());
            return Optional.of(following.store(tx, null));
        }
        Optional<TaskRef> before = begunBy(tx, caller);
        if (before.isPresent()) {
            return Optional.of(following.store(tx, before.get()));
        }
        ActiveTask active = tasks.activeOn(tx, List.of(source.id())).get(source.id());
        if (active != null
                && SNAPSHOT_TASKS.contains(active.kind())
                && Instant.now().isBefore(end)) {
            return Optional.empty();
        }
        VmDisks.requireReady(source);
        kept.choice().requireStillOf(source);
        VmSnapshots.requireRoomForOne(tx, store, source);
        store.add(tx, view(kept, caller), KeptMachine.of(source));
        var input =
                new SnapshotVmTask.Input(source.id(), VmDisks.hostOf(source), kept.snapshotId(), kept.quiesce(), false);
        TaskRef keeping = tasks.submit(
                tx,
                new Submission<>(
                        task.kind(),
                        input,
                        part(caller).operationId(),
                        caller.actor(),
                        "vm",
                        source.id(),
                        source.name()));
        vms.touched(tx, source.id());
        return Optional.of(following.store(tx, keeping));
    }

    private static VmSnapshotView view(Kept kept, Caller caller) {
        return new VmSnapshotView(
                kept.snapshotId(),
                kept.vmId(),
                null,
                kept.name(),
                "It goes with the last clone that needs it.",
                State.CREATING,
                null,
                kept.disks(),
                null,
                caller.actor().name(),
                Instant.EPOCH,
                1,
                true,
                List.of());
    }
}
