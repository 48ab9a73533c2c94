package io.limiquantix.bus.host;

import io.limiquantix.bus.HostAddress;
import io.limiquantix.bus.Nothing;
import io.limiquantix.bus.Topic;
import java.util.UUID;

/** A host as a whole. */
public final class HostApi {
    public static final HostAddress<Nothing, HostReport> DESCRIBE =
            HostAddress.reading("host.describe", Nothing.class, HostReport.class);

    /** Published when a host joins and every 30 s. */
    public static final Topic<HostReport> REPORTED = new Topic<>("host.reported", HostReport.class);

    /** Published as soon as libvirt says so. */
    public static final Topic<DomainChanged> DOMAIN_CHANGED = new Topic<>("host.domain-changed", DomainChanged.class);

    private HostApi() {}

    public record DomainChanged(UUID hostId, DomainReport domain) {}
}
