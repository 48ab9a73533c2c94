package io.limiquantix.compute;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.host.MachineSpec;
import io.limiquantix.bus.host.VariablesApi;
import io.limiquantix.bus.images.OperatingSystem.Firmware;
import io.limiquantix.runtime.bus.Bus;
import io.limiquantix.runtime.bus.Caller;
import io.limiquantix.runtime.tasks.TaskRun;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** UEFI variables that clones begin with: those that the source has now, so that they boot from what it boots from. */
final class CloneVariables {
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final String OTHERWISE =
            " The clone begins with new ones: it boots by the fallback path of its first disk.";

    private final Bus bus;
    private final VmMaking making;

    CloneVariables(Bus bus, VmMaking making) {
        this.bus = bus;
        this.making = making;
    }

    /** The source, where it has any; absent: it has none. */
    static @Nullable UUID of(StoredVm source) {
        return MachineSpec.orPlain(source.spec().machine()).firmware() == Firmware.UEFI ? source.id() : null;
    }

    /** No reason to fail: a clone without them is one all the same, and its task says how it boots. */
    void bring(CloneVmTask.Input input, UUID hostId, TaskRun run) {
        UUID source = input.variablesOf();
        if (source != null) {
            run.step("bring the UEFI variables", Nothing.class)
                    .run(caller -> bring(input.vmId(), source, hostId, run, caller));
        }
    }

    private Nothing bring(UUID clone, UUID source, UUID hostId, TaskRun run, Caller caller) {
        Optional<UUID> from = making.find(source).map(StoredVm::hostId);
        if (from.isEmpty()) {
            run.log("The source is gone, and its UEFI variables with it." + OTHERWISE);
            return Nothing.NOTHING;
        }
        try {
            bus.request(
                    VariablesApi.BRING.at(hostId),
                    new VariablesApi.Bring(clone, from.get(), source),
                    caller.within(ANSWER));
        } catch (FailureException e) {
            run.log("The source's UEFI variables could not be brought: "
                    + e.failure().message() + OTHERWISE);
        }
        return Nothing.NOTHING;
    }
}
