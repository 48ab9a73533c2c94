package io.limiquantix.compute;

import io.limiquantix.bus.Failure;
import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.VmSpec.NicSpec;
import io.limiquantix.bus.compute.VmView.Nic;
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

    /** Keeps an address for each interface of the VM; one that is asked for and taken is refused. */
    List<Nic> keep(Transaction tx, UUID vmId, List<NicSpec> wishes) {
        List<Nic> kept = new ArrayList<>();
        for (int i = 0; i < wishes.size(); i++) {
            NicSpec wish = wishes.get(i);
            Nic nic = propose(wish);
            while (!vms.claim(tx, vmId, nic)) {
                if (wish.mac() != null) {
                    throw new FailureException(new Failure(
                            FailureCode.CONFLICT,
                            "Another virtual machine has the address " + wish.mac() + ".",
                            Map.of("field", "nics[" + i + "].mac")));
                }
                nic = propose(wish);
            }
            kept.add(nic);
        }
        return kept;
    }

    private Nic propose(NicSpec wish) {
        return new Nic(wish.network(), wish.mac() == null ? next() : wish.mac(), wish.hardware());
    }

    private String next() {
        int value = random.nextInt(RANGE);
        return "52:54:00:%02x:%02x:%02x".formatted(value >> 16, value >> 8 & 0xff, value & 0xff);
    }
}
