package io.limiquantix.bus.compute;

import org.jspecify.annotations.Nullable;

/** How a guest is set up at its first boot; which kind it is says how it is delivered. */
public sealed interface GuestSetup permits CloudInit, Cloudbase, Ignition {
    /** Absent: the VM's name. */
    @Nullable
    String hostName();

    /** The same for a guest of another name. */
    GuestSetup withHostName(@Nullable String name);
}
