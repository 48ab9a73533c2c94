package io.limiquantix.compute;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.VmSpec.NicSpec;
import io.limiquantix.bus.compute.VmView.Nic;
import io.limiquantix.compute.network.StoredNetwork;
import io.limiquantix.runtime.database.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Gives each interface an address that no other has, from QEMU's locally administered range unless one is asked for. */
final class MacAddresses {
    private static final int RANGE = 1 << 24;

    private final VmStore vms;
    private final RandomGenerator random;

    MacAddresses(VmStore vms, RandomGenerator random) {
        this.vms = vms;
        this.random = random;
    }

    /**
     * Keeps an address for each interface of the VM; one that is asked for and taken is refused.
     *
     * @param networks of the interfaces, in their order
     */
    List<Nic> keep(Transaction tx, UUID vmId, List<NicSpec> wishes, List<StoredNetwork> networks) {
        List<Nic> kept = new ArrayList<>();
        for (int i = 0; i < wishes.size(); i++) {
            kept.add(keep(tx, vmId, wishes.get(i), networks.get(i), "nics[" + i + "].mac"));
        }
        return kept;
    }

    /** @param field to be named where the address is taken */
    Nic keep(Transaction tx, UUID vmId, NicSpec wish, StoredNetwork network, String field) {
        Nic nic = propose(wish, network);
        while (!vms.claim(tx, vmId, nic)) {
            if (wish.mac() != null) {
                throw new FailureException(new Failure(
                        FailureCode.CONFLICT,
                        "Another virtual machine has the address " + wish.mac() + ".",
                        Map.of("field", field)));
            }
            nic = propose(wish, network);
        }
        return nic;
    }

    private Nic propose(NicSpec wish, StoredNetwork network) {
        return new Nic(network.name(), wish.mac() == null ? next() : wish.mac(), wish.hardware(), network.id());
    }

    private String next() {
        int value = random.nextInt(RANGE);
        return "52:54:00:%02x:%02x:%02x".formatted(value >> 16, value >> 8 & 0xff, value & 0xff);
    }
}
