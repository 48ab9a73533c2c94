package io.limiquantix.host.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.limiquantix.bus.FailureCode;
import io.limiquantix.bus.FailureException;
import java.util.concurrent.CompletableFuture;

/** What becomes of a request to a host that stops meanwhile. */
public final class CutOff {
    private CutOff() {}

    /** Nothing yet, or that the host stops: its last words are faster or slower than its end. */
    public static void assertCutOff(CompletableFuture<FailureException> asked) {
        FailureCode heard = asked.isDone() ? asked.join().code() : FailureCode.UNAVAILABLE;
        assertThat(heard).isEqualTo(FailureCode.UNAVAILABLE);
    }
}
