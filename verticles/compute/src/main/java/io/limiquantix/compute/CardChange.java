package io.limiquantix.compute;

import io.limiquantix.bus.compute.VmView.Nic;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a network card of a VM that is off.
 *
 * @param before absent: the VM gets it back
 * @param after absent: it is taken away; one of both is there
 */
record CardChange(@Nullable Nic before, @Nullable Nic after) {
    String mac() {
        return Optional.ofNullable(before)
                .or(() -> Optional.ofNullable(after))
                .orElseThrow()
                .mac();
    }

    CardChange reversed() {
        return new CardChange(after, before);
    }

    boolean changes() {
        return !Objects.equals(before, after);
    }
}
