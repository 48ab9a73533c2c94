package io.limiquantix.host.libvirt;

import io.limiquantix.bus.host.DriftApi.Difference;
import io.limiquantix.bus.host.DriftApi.Expected;
import io.limiquantix.host.domain.DriftedDefinition;
import io.limiquantix.storage.driver.DiskSource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Definitions that others changed. */
public final class DomainDrift {
    /** {@code VIR_DOMAIN_XML_INACTIVE} alone for reading; with {@code VIR_DOMAIN_XML_SECURE} where it is defined anew. */
    private static final int AS_DEFINED = 2;

    private static final int WITH_SECRETS = 1;

    private final LibvirtConnection connection;
    private final LongSupplier hostMemory;

    /** @param hostMemory how many bytes this host has */
    public DomainDrift(LibvirtConnection connection, LongSupplier hostMemory) {
        this.connection = connection;
        this.hostMemory = hostMemory;
    }

    /** @param sources what a disk of this volume may be on; empty where that cannot be said now */
    public List<Difference> look(Expected expected, Function<UUID, Set<DiskSource>> sources, Instant deadline) {
        String xml = connection.withDomain(
                expected.machine().vmId(),
                "The domain's definition could not be read",
                deadline,
                domain -> domain.getXMLDesc(AS_DEFINED));
        return new DriftedDefinition(xml, expected, sources).differences(hostMemory.getAsLong());
    }

    /** Takes what is not ours out of the definition; the domain that runs stays as it is. */
    public void takeOut(Expected expected, Function<UUID, Set<DiskSource>> sources, Instant deadline) {
        connection.withDomain(expected.machine().vmId(), "The domain could not be defined anew", deadline, domain -> {
            String xml = domain.getXMLDesc(AS_DEFINED | WITH_SECRETS);
            Optional<String> cleaned = new DriftedDefinition(xml, expected, sources).withoutStrange();
            if (cleaned.isPresent()) {
                domain.getConnect().domainDefineXML(cleaned.get()).free();
            }
            return true;
        });
    }
}
