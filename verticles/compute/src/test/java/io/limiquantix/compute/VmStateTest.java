package io.limiquantix.compute;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.compute.ComputeApi.VmState;
import io.limiquantix.bus.compute.VmView.Phase;
import io.limiquantix.bus.host.PowerState;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VmStateTest {
    /** Ready is said by its power; who stops still runs. */
    private static final List<String> SAID_OTHERWISE = List.of("READY", "STOPPING");

    @Test
    void vmsCanBeFoundWhateverTheyDo() {
        List<String> all = Stream.concat(Arrays.stream(Phase.values()), Arrays.stream(PowerState.values()))
                .map(Enum::name)
                .filter(name -> !SAID_OTHERWISE.contains(name))
                .toList();
        assertThat(Arrays.stream(VmState.values()).map(Enum::name)).containsExactlyInAnyOrderElementsOf(all);
    }
}
