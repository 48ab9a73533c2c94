package io.limiquantix.host.storage;

import io.limiquantix.bus.FailureException;
import io.limiquantix.storage.driver.HypervisorSecret;
import java.util.UUID;

/** Where the hypervisor finds what it needs to reach storage by itself. Calls block. */
public interface SecretKeeper {
    /**
     * Makes the secret known unless it is.
     *
     * @throws FailureException when the hypervisor does not answer
     */
    void keep(HypervisorSecret secret);

    /** Success when there is none. */
    void forget(UUID id);
}
