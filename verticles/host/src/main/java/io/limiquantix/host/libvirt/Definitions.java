package io.limiquantix.host.libvirt;

import io.limiquantix.bus.FailureException;
import io.limiquantix.bus.host.DomainApi.Definition;
import io.limiquantix.host.domain.HiddenSecrets;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;

/** The definitions of domains, for people to read. */
public final class Definitions {
    /** {@code VIR_DOMAIN_XML_INACTIVE}; never together with {@code VIR_DOMAIN_XML_SECURE}, which has passwords in it. */
    private static final int AS_DEFINED = 2;

    private final LibvirtConnection connection;
    private final Clock clock;

    public Definitions(LibvirtConnection connection, Clock clock) {
        this.connection = connection;
        this.clock = clock;
    }

    /**
     * libvirt's XML as it writes it, with secrets hidden.
     *
     * @throws FailureException {@code NOT_FOUND} when there is no such domain
     */
    public Definition read(UUID vmId, Instant deadline) {
        return connection.withDomain(vmId, "The domain's definition could not be read", deadline, this::read);
    }

    private Definition read(Domain domain) throws LibvirtException {
        @Nullable String live = domain.isActive() == 1 ? HiddenSecrets.in(domain.getXMLDesc(0)) : null;
        return new Definition(live, HiddenSecrets.in(domain.getXMLDesc(AS_DEFINED)), clock.instant());
    }
}
