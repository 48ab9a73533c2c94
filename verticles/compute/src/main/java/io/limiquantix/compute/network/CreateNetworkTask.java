package io.limiquantix.compute.network;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.compute.NetworkView.HostState;
import io.limiquantix.bus.compute.NetworkView.OnHost;
import io.limiquantix.compute.network.NetworkHosts.Outcome;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.tasks.TaskKind;
import io.limiquantix.runtime.tasks.TaskRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the hosts make a network. A host that lacks what it needs does not keep the others from it; when none has it, nothing is left. */
final class CreateNetworkTask {
    static final String NAME = "network.create";
    private static final Logger LOG = LoggerFactory.getLogger(CreateNetworkTask.class);
    private static final int MADE = 90;

    private final Database database;
    private final NetworkStore store;
    private final NetworkHosts hosts;

    CreateNetworkTask(Database database, NetworkStore store, NetworkHosts hosts) {
        this.database = database;
        this.store = store;
        this.hosts = hosts;
    }

    record Input(UUID networkId, List<OnHost> hosts) {
        Input {
            hosts = List.copyOf(hosts);
        }
    }

    record Made(HostState state, @Nullable String problem) {}

    TaskKind<Input> kind() {
        return new TaskKind<>(NAME, Input.class, this::run);
    }

    private void run(Input input, TaskRun run) {
        Optional<StoredNetwork> stored = database.transaction(tx -> store.find(tx, input.networkId()));
        if (stored.isEmpty()) {
            // Taking back its creation has come as far as that.
            return;
        }
        StoredNetwork network = stored.get();
        run.step("accept", Nothing.class).orUndo(caller -> Nothing.NOTHING, caller -> forget(network));
        List<Made> made = new ArrayList<>();
        for (OnHost host : input.hosts()) {
            int progress = MADE * (made.size() + 1) / input.hosts().size();
            made.add(run.step("make it on host " + host.hostId(), Made.class)
                    .progress(progress)
                    .orUndo(caller -> make(network, host, run, caller), caller -> remove(network, host, caller)));
        }
        run.step("see which host has it", Nothing.class).run(caller -> requireOne(network, made));
    }

    private void forget(StoredNetwork network) {
        database.run(tx -> store.remove(tx, network.id()));
    }

    private Made make(StoredNetwork network, OnHost host, TaskRun run, Caller caller) {
        Outcome outcome = network.isOfHosts()
                ? new Outcome(host.state(), host.problem())
                : hosts.ensure(network, host.hostId(), caller);
        database.run(tx -> store.found(tx, network.id(), host.hostId(), outcome.state(), outcome.problem()));
        if (outcome.problem() != null) {
            run.log("Host " + host.hostId() + " does not have it"
                    + (outcome.state() == HostState.PENDING ? ", and gets it when it answers: " : ": ")
                    + outcome.problem());
        }
        return new Made(outcome.state(), outcome.problem());
    }

    /** A host that does not answer gives it up when it reports again. */
    private void remove(StoredNetwork network, OnHost host, Caller caller) {
        if (network.isOfHosts()) {
            return;
        }
        try {
            hosts.remove(network.id(), host.hostId(), caller);
        } catch (FailureException e) {
            if (!e.code().isTransient()) {
                throw e;
            }
            LOG.warn("host {} has to give up the network {} later", host.hostId(), network.id(), e);
        }
    }

    private static Nothing requireOne(StoredNetwork network, List<Made> made) {
        boolean none = !made.isEmpty() && made.stream().noneMatch(host -> host.state() == HostState.READY);
        if (none) {
            throw FailureException.of(
                    FailureCode.HYPERVISOR,
                    "No host has made the network " + network.name() + ": "
                            + made.getFirst().problem());
        }
        return Nothing.NOTHING;
    }
}
