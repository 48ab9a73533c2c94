package io.limiquantix.host.libvirt;

import io.limiquantix.bus.host.PowerState;
import io.limiquantix.host.domain.DomainFacts;
import io.limiquantix.host.domain.LiveDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.libvirt.Connect;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;
import org.libvirt.MissingCalls;

/** Looks at all domains at once. */
public final class DomainListing {
    /** What virConnectListAllDomains is told. */
    private static final int ALL = 0;

    private final LibvirtConnection connection;

    public DomainListing(LibvirtConnection connection) {
        this.connection = connection;
    }

    /** As much of a domain as costs next to nothing to look at. */
    public record Glance(PowerState state, String reason) {}

    /** Every domain of the host, also those of others, in one round trip. */
    public Map<UUID, Glance> glance(Instant deadline) {
        return connection.call("The domains could not be listed", deadline, connect -> {
            Map<UUID, Glance> states = new HashMap<>();
            for (MissingCalls.Listed listed : MissingCalls.states(connect)) {
                var glance = new Glance(DomainStates.power(listed.state()), DomainStates.reason(listed.state()));
                states.put(listed.uuid(), glance);
            }
            return states;
        });
    }

    /** The domains that we defined, in full. */
    public List<DomainFacts> ours(Instant deadline) {
        return connection.call("The domains could not be listed", deadline, DomainListing::readAll);
    }

    /**
     * A domain as it runs, or as it is defined while it does not.
     *
     * @param active whether it runs
     * @param suspended whether it is off and its memory is kept
     */
    public record Defined(UUID vmId, boolean active, boolean suspended, LiveDefinition definition) {}

    /** Every domain of the host, also those of others. */
    public List<Defined> definitions(Instant deadline) {
        return connection.call(
                "The domains could not be listed", deadline, connect -> each(connect, ALL, DomainListing::defined));
    }

    /** Every domain of the host that runs, is paused or is suspended, also those of others. */
    public List<Defined> inLife(Instant deadline) {
        return definitions(deadline).stream()
                .filter(domain -> domain.active() || domain.suspended())
                .toList();
    }

    private static Defined defined(Domain domain) throws LibvirtException {
        return new Defined(
                UUID.fromString(domain.getUUIDString()),
                domain.isActive() == 1,
                DomainSaves.isSaved(domain),
                LiveDefinition.parse(domain.getXMLDesc(0)));
    }

    private static List<DomainFacts> readAll(Connect connect) throws LibvirtException {
        return each(connect, ALL, Domains::facts).stream()
                .filter(facts -> facts.digest() != null)
                .toList();
    }

    private static <T> List<T> each(Connect connect, int which, LibvirtConnection.DomainUse<T> look)
            throws LibvirtException {
        Domain[] domains = connect.listAllDomains(which);
        try {
            List<T> all = new ArrayList<>();
            for (Domain domain : domains) {
                readUnlessGone(domain, look, all);
            }
            return all;
        } finally {
            for (Domain domain : domains) {
                domain.free();
            }
        }
    }

    /** A domain may vanish between the listing and the look at it. */
    private static <T> void readUnlessGone(Domain domain, LibvirtConnection.DomainUse<T> look, List<T> all)
            throws LibvirtException {
        try {
            all.add(look.with(domain));
        } catch (LibvirtException e) {
            if (!LibvirtFailures.isMissingDomain(e)) {
                throw e;
            }
        }
    }
}
