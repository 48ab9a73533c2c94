package io.limiquantix.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.Nothing;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a read's failure says of the change around it. */
class CertaintyTest {
    @ParameterizedTest
    @CsvSource({
        "TIMEOUT, UNAVAILABLE, TIMEOUT",
        "UNAVAILABLE, UNAVAILABLE, TIMEOUT",
        "HYPERVISOR, HYPERVISOR, HYPERVISOR"
    })
    void promisesOnlyWhatIsCertain(FailureCode thrown, FailureCode before, FailureCode after) {
        assertThat(catchThrowableOfType(FailureException.class, () -> Certainty.beforeChange(() -> fail(thrown)))
                        .code())
                .isEqualTo(before);
        assertThat(catchThrowableOfType(FailureException.class, () -> Certainty.afterChange(() -> fail(thrown)))
                        .code())
                .isEqualTo(after);
    }

    private static Nothing fail(FailureCode code) {
        throw FailureException.of(code, "A fault of this test.");
    }
}
