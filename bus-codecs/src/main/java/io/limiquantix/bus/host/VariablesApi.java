package io.limiquantix.bus.host;

import io.limiquantix.bus.HostAddress;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The variables of domains that start by UEFI: what they boot from, and the keys of secure boot. They lie beside the disks, in a file. */
public final class VariablesApi {
    /** Those of a domain as they are now, running or not. */
    public static final HostAddress<DomainApi.Domain, Variables> READ =
            HostAddress.reading("host.variables.read", DomainApi.Domain.class, Variables.class);

    /**
     * Gives a domain that is off those that another one has, also of another host, in place of its own. {@code CONFLICT} when it runs, or
     * is suspended.
     */
    public static final HostAddress<Bring, Brought> BRING =
            HostAddress.changing("host.variables.bring", Bring.class, Brought.class);

    private VariablesApi() {}

    /** @param gzip in Base64; absent: the domain has none yet, as it never ran, or does not start by UEFI */
    public record Variables(@Nullable String gzip) {}

    public record Bring(UUID vmId, UUID fromHostId, UUID fromVmId) {}

    /** @param found whether the other one had any */
    public record Brought(boolean found) {}
}
