package io.limiquantix.host.libvirt;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;

/** Starts domains; from their memory, where that is kept, which takes as long as it takes to read it. */
final class DomainStarts {
    private static final String WHAT = "The domain could not be started";

    private final LibvirtConnection connection;
    /** Those whose memory is being read, or was a moment ago. */
    private final Set<UUID> restoring = ConcurrentHashMap.newKeySet();

    DomainStarts(LibvirtConnection connection) {
        this.connection = connection;
    }

    /** Success when it runs. */
    void start(UUID vmId, Instant deadline) {
        if (connection.withDomain(vmId, WHAT, deadline, DomainSaves::isSaved)) {
            restoring.add(vmId);
        }
        if (restoring.contains(vmId)) {
            connection.withDomainAtLength(vmId, WHAT, deadline, domain -> restore(vmId, domain));
        } else {
            connection.withDomain(vmId, WHAT, deadline, DomainStarts::start);
        }
    }

    private boolean restore(UUID vmId, Domain domain) throws LibvirtException {
        try {
            return start(domain);
        } finally {
            restoring.remove(vmId);
        }
    }

    private static boolean start(Domain domain) throws LibvirtException {
        return Transition.of(domain, d -> !Domains.isStopped(d), Domain::create);
    }
}
