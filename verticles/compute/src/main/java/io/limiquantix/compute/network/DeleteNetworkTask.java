package io.limiquantix.compute.network;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.tasks.TaskKind;
import io.limiquantix.runtime.tasks.TaskRun;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Deletes a network. A host that does not answer gives it up when it reports again; one that refuses keeps all of it. */
final class DeleteNetworkTask {
    static final String NAME = "network.delete";
    private static final int GONE = 90;

    private final Database database;
    private final NetworkStore store;
    private final NetworkHosts hosts;

    DeleteNetworkTask(Database database, NetworkStore store, NetworkHosts hosts) {
        this.database = database;
        this.store = store;
        this.hosts = hosts;
    }

    record Input(UUID networkId, List<UUID> hostIds) {
        Input {
            hostIds = List.copyOf(hostIds);
        }
    }

    TaskKind<Input> kind() {
        return new TaskKind<>(NAME, Input.class, this::run);
    }

    private void run(Input input, TaskRun run) {
        Optional<StoredNetwork> stored = database.transaction(tx -> store.find(tx, input.networkId()));
        if (stored.isEmpty()) {
            // Deleting it was the last step, and only its end was not written down.
            return;
        }
        StoredNetwork network = stored.get();
        run.step("begin", Nothing.class).orUndo(caller -> Nothing.NOTHING, caller -> keep(network));
        int done = 0;
        for (UUID hostId : input.hostIds()) {
            done++;
            run.step("remove it from host " + hostId, Nothing.class)
                    .progress(GONE * done / input.hostIds().size())
                    .run(caller -> remove(network, hostId, run, caller));
        }
        run.pointOfNoReturn();
        run.step("forget it", Nothing.class).run(caller -> {
            database.run(tx -> store.remove(tx, network.id()));
            return Nothing.NOTHING;
        });
    }

    /** Those hosts that have given it up already are made to have it again by their next reports. */
    private void keep(StoredNetwork network) {
        database.run(tx -> store.setDeleting(tx, network.id(), false));
    }

    private Nothing remove(StoredNetwork network, UUID hostId, TaskRun run, Caller caller) {
        if (network.isOfHosts()) {
            return Nothing.NOTHING;
        }
        try {
            hosts.remove(network.id(), hostId, caller);
        } catch (FailureException e) {
            if (!e.code().isTransient()) {
                throw e;
            }
            run.log("Host " + hostId + " gives it up when it answers again: "
                    + e.failure().message());
        }
        return Nothing.NOTHING;
    }
}
