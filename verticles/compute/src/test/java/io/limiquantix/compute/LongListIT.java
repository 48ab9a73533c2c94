package io.limiquantix.compute;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.Page;
import io.limiquantix.bus.Wire;
import io.limiquantix.bus.compute.ComputeApi;
import io.limiquantix.bus.compute.VmView;
import io.limiquantix.runtime.testing.TestControlPlane;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LongListIT {
    private static final int VMS = 2_500;
    private static final int MESSAGE_BYTES = 1 << 20;

    private final World world = new World();
    private final ComputeProcess compute = ComputeProcess.start(world);

    @AfterEach
    void stop() {
        compute.close();
    }

    @Test
    void everyPageFitsAMessageAndNoVmIsMissed() {
        UUID first = compute.running("vm").id();
        compute.plane
                .controlPlane()
                .database()
                .update(
                        "insert into compute.vms (id, name, spec, digest, phase, power_state, state_reason, disks, nics)"
                                + " select gen_random_uuid(), 'vm-' || n, jsonb_set(spec, '{name}', to_jsonb('vm-' || n)), digest,"
                                + " phase, power_state, state_reason, disks, nics from compute.vms,"
                                + " generate_series(1, " + (VMS - 1) + ") as n where vms.id = '" + first + "'");
        Set<UUID> seen = new HashSet<>();
        String cursor = null;
        do {
            var request = new ComputeApi.ListVms(new Page(cursor, 1_000), null);
            ComputeApi.Vms page = compute.plane.bus().request(ComputeApi.LIST, request, TestControlPlane.caller());
            assertThat(Wire.encode(page).length).isLessThan(MESSAGE_BYTES);
            page.items().stream().map(VmView::id).forEach(seen::add);
            cursor = page.nextCursor();
        } while (cursor != null);
        assertThat(seen).hasSize(VMS);
    }
}
