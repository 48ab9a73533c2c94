package io.limiquantix.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.ComputeApi.PowerAction;
import io.limiquantix.bus.compute.VmView.Phase;
import io.limiquantix.bus.host.PowerState;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PowerRulesTest {
    private static boolean allowed(PowerAction action, Phase phase, PowerState state) {
        try {
            PowerRules.check(action, "web-1", phase, state);
            return true;
        } catch (FailureException refusal) {
            assertThat(refusal.failure().message()).startsWith("web-1 ").endsWith(".");
            return false;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "RUNNING, SHUT_DOWN REBOOT FORCE_STOP RESET PAUSE SUSPEND",
        "STOPPING, SHUT_DOWN REBOOT FORCE_STOP RESET PAUSE SUSPEND",
        "PAUSED, FORCE_STOP RESET RESUME SUSPEND",
        "SUSPENDED, START FORCE_STOP DISCARD_STATE",
        "STOPPED, START",
        "CRASHED, START",
        "UNKNOWN, START SHUT_DOWN REBOOT FORCE_STOP RESET PAUSE RESUME SUSPEND DISCARD_STATE"
    })
    void eachStateHasItsActions(PowerState state, String actions) {
        Set<PowerAction> possible = EnumSet.allOf(PowerAction.class);
        possible.removeIf(action -> !allowed(action, Phase.READY, state));
        assertThat(possible).extracting(Enum::name).containsExactlyInAnyOrder(actions.split(" "));
    }

    @ParameterizedTest
    @EnumSource(value = Phase.class, names = "READY", mode = EnumSource.Mode.EXCLUDE)
    void onlyAReadyVmHasActions(Phase phase) {
        for (PowerAction action : PowerAction.values()) {
            assertThat(allowed(action, phase, PowerState.UNKNOWN)).isFalse();
        }
    }

    @Test
    void aLostVmSaysWhatIsLeft() {
        assertThatThrownBy(() -> PowerRules.check(PowerAction.START, "web-1", Phase.LOST, PowerState.UNKNOWN))
                .hasMessageContaining("deleting it");
    }
}
