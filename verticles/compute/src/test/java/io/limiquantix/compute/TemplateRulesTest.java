package io.limiquantix.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.compute.VmView.Template;
import io.limiquantix.bus.host.PowerState;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TemplateRulesTest {
    private static final Template THIRD = new Template("web", 3, "patched", Instant.EPOCH);

    @ParameterizedTest
    @EnumSource
    void onlyWhatIsKnownToBeOffBecomesATemplate(PowerState state) {
        boolean off = state == PowerState.STOPPED || state == PowerState.CRASHED;
        if (off) {
            assertThatCode(() -> TemplateRules.requireOff("web", state)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> TemplateRules.requireOff("web", state)).isInstanceOf(FailureException.class);
        }
    }

    @Test
    void whatIsAskedForAgainIsThereAlready() {
        assertThat(TemplateRules.isAlready(THIRD, null, null)).isTrue();
        assertThat(TemplateRules.isAlready(THIRD, "web", "patched")).isTrue();
        assertThat(TemplateRules.isAlready(THIRD, "Web", null)).isFalse();
        assertThat(TemplateRules.isAlready(THIRD, null, "")).isFalse();
    }

    @Test
    void aNoteIsNoBook() {
        assertThat(TemplateRules.requireNote(null)).isEmpty();
        assertThatThrownBy(() -> TemplateRules.requireNote("x".repeat(4_001))).hasMessageContaining("4000");
    }
}
