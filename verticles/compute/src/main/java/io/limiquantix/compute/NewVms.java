package io.limiquantix.compute;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.VmSpec;
import io.limiquantix.bus.compute.VmView.Nic;
import io.limiquantix.bus.compute.VmView.Phase;
import io.limiquantix.bus.host.PowerState;
import io.limiquantix.bus.scheduler.HostView;
import io.limiquantix.compute.disks.DiskPlan;
import io.limiquantix.compute.network.NetworkStore;
import io.limiquantix.compute.network.NicNetworks;
import io.limiquantix.compute.network.StoredNetwork;
import io.limiquantix.compute.reconcile.Mark;
import io.limiquantix.compute.reconcile.Observed;
import io.limiquantix.compute.spec.SpecDigest;
import io.limiquantix.runtime.database.Database;
import io.limiquantix.runtime.database.Transaction;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Stores VMs that are about to be made, and finds where they can be. */
final class NewVms {
    private final Database database;
    private final Clock clock;
    private final VmStore vms;
    private final MacAddresses macs;
    private final NetworkStore networks;
    private final NicNetworks nicNetworks;

    NewVms(Database database, Clock clock, VmStore vms, MacAddresses macs, NetworkStore networks) {
        this.database = database;
        this.clock = clock;
        this.vms = vms;
        this.macs = macs;
        this.networks = networks;
        this.nicNetworks = new NicNetworks(networks);
    }

    /**
     * The hosts that can make the machine and have its networks; absent: any.
     *
     * @throws FailureException {@code INVALID} with the field, where there is none
     */
    @Nullable
    Set<UUID> ableHosts(VmSpec spec, @Nullable UUID chosen, List<HostView> known) {
        if (chosen != null && known.stream().noneMatch(host -> host.id().equals(chosen))) {
            throw FailureException.invalid("hostId", "There is no host " + chosen + ".");
        }
        Optional<Set<UUID>> connected =
                database.transaction(tx -> nicNetworks.hostsWith(tx, networks(tx, spec), known, chosen));
        return both(CapableHosts.of(spec, chosen, known), connected.orElse(null));
    }

    /** @throws FailureException {@code CONFLICT} when its name is taken, or an address that it asks for */
    void add(Transaction tx, UUID id, VmSpec spec, DiskPlan disks) {
        List<StoredNetwork> onThese = networks(tx, spec);
        List<Nic> nics = macs.keep(tx, id, spec.nics(), onThese);
        Instant now = clock.instant();
        Observed blank = new Observed(id, Phase.CREATING, PowerState.UNKNOWN, "not made yet", null, Mark.NONE);
        vms.add(
                tx,
                new StoredVm(
                        spec,
                        SpecDigest.of(spec),
                        null,
                        disks.disks(),
                        nics,
                        disks.cdroms(),
                        null,
                        blank,
                        now,
                        now,
                        1,
                        null,
                        null));
        for (int i = 0; i < nics.size(); i++) {
            networks.hold(tx, nics.get(i).mac(), onThese.get(i));
        }
    }

    private List<StoredNetwork> networks(Transaction tx, VmSpec spec) {
        List<StoredNetwork> found = new ArrayList<>();
        for (int i = 0; i < spec.nics().size(); i++) {
            found.add(nicNetworks.named(tx, spec.nics().get(i).network(), "nics[" + i + "].network"));
        }
        return found;
    }

    /** Those that can do both; absent: any. */
    static @Nullable Set<UUID> both(@Nullable Set<UUID> one, @Nullable Set<UUID> other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        Set<UUID> both = new HashSet<>(one);
        both.retainAll(other);
        return both;
    }
}
